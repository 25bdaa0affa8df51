import { error, fail, redirect } from '@sveltejs/kit';
import { messageOf, SeamError } from '../../../../ingest/errors';
import { readFixId, withdrawFix } from '$lib/server/fixes/fixes';
import { keepTyped, typedFix } from '$lib/server/fixes/fixForm';
import { readFixLedger } from '$lib/server/fixes/fixLedger';
import { readFixSubjects } from '$lib/server/fixes/fixSubject';
import { withSnapshot } from '$lib/server/store/engine';
import type { FixSubject, JudgedFix } from '$lib/fixVerdict';
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
		const { fixes } = await readFixLedger();
		const judged = fixes.find(({ fix }) => fix.fix_id === id);
		if (!judged) error(404, `No fix has the number ${id}, or it was withdrawn.`);
		return { judged, subjects: withOwn(await readFixSubjects(), judged) };
	});

/** With what the fix was recorded of, also where that is gone or was merged: an edit keeps it. */
function withOwn(subjects: FixSubject[], { fix, phrase }: JudgedFix): FixSubject[] {
	const { topic, phrase_group: id } = fix;
	const all = subjects.some((one) => one.topic === topic)
		? subjects
		: [{ topic, groups: [] }, ...subjects];
	if (id === null) return all;
	const recorded = { id, title: `${phrase ?? id} (as recorded)` };
	return all.map((one) =>
		one.topic !== topic || one.groups.some((group) => group.id === id)
			? one
			: { ...one, groups: [...one.groups, recorded] }
	);
}

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
