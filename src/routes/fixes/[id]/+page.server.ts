import { error, fail, redirect } from '@sveltejs/kit';
import { messageOf, SeamError } from '../../../../ingest/errors';
import { readFixId, withdrawFix } from '$lib/server/fixes/fixes';
import { keepTyped, typedFix } from '$lib/server/fixes/fixForm';
import { readFixLedger } from '$lib/server/fixes/fixLedger';
import { readPhraseGroups } from '$lib/server/phrases/phraseGroups';
import { withSnapshot } from '$lib/server/store/engine';
import { phraseTitle } from '$lib/phrases';
import type { Actions, PageServerLoad } from './$types';

const idOf = (text: string): number => {
	try {
		return readFixId(text);
	} catch (refused) {
		error(404, messageOf(refused));
	}
};

/** One fix: its number → verdict, before and after. */
export const load: PageServerLoad = ({ params }) =>
	withSnapshot(async () => {
		const id = idOf(params.id);
		const { fixes, topics } = await readFixLedger();
		const judged = fixes.find(({ fix }) => fix.fix_id === id);
		if (!judged) error(404, `No fix has the number ${id}, or it was withdrawn.`);
		const { groups } = await readPhraseGroups(
			{ from: '1970-01-01', to: '2101-01-01', topic: [judged.fix.topic] },
			{ examples: 0 }
		);
		return {
			judged,
			topics,
			groups: groups.map((group) => ({ id: group.id, title: phraseTitle(group) }))
		};
	});

export const actions: Actions = {
	edit: async ({ params, request }) => {
		const id = idOf(params.id);
		const typed = typedFix(await request.formData());
		try {
			await keepTyped(typed, id);
		} catch (refused) {
			if (refused instanceof SeamError)
				return fail(refused.status, { message: messageOf(refused), typed });
			throw refused;
		}
		redirect(303, `/fixes/${id}`);
	},
	withdraw: async ({ params }) => {
		try {
			await withdrawFix(idOf(params.id));
		} catch (refused) {
			if (refused instanceof SeamError)
				return fail(refused.status, { message: messageOf(refused), typed: null });
			throw refused;
		}
		redirect(303, '/fixes');
	}
};
