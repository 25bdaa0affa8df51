import { error, fail, redirect } from '@sveltejs/kit';
import { messageOf, SeamError } from '../../../../ingest/errors';
import { handoffAddress, idOfSegment } from '$lib/handoffAddress';
import { withSnapshot } from '$lib/server/store/engine';
import { readHandoff } from '$lib/server/handoff/handoff';
import { readContacts } from '$lib/server/handoff/handoffContacts';
import { behind } from '$lib/server/store/recorder';
import { returnPath } from '$lib/server/handoff/returnPath';
import { rememberReviewer } from '$lib/server/reviews/reviewer';
import { saveReview, withdrawReview } from '$lib/server/reviews/reviews';
import { readWorklist } from '$lib/server/handoff/worklist';
import type { Actions, PageServerLoad } from './$types';

/** One handoff: id → page; and the list it is reviewed from, where the address names one. */
export const load: PageServerLoad = async ({ params, url, parent }) => {
	const id = idOfSegment(params.id);
	const { log } = await parent();
	const list = url.searchParams.get('list');
	return withSnapshot(async () => {
		const handoff = await behind('way', () => readHandoff(id));
		if (!handoff) error(404, `No handoff has the id ${id}.`);
		const contacts = await behind('contacts', () => readContacts(handoff));
		return { handoff, contacts, worklist: await readWorklist(list, log) };
	});
};

/** What the choices of the form stand for; anything else is for the check to name. */
const answers = new Map<unknown, boolean | null>([
	['yes', true],
	['no', false],
	['unsure', null]
]);

/** What a form holds, as it was typed. */
async function typedIn(request: Request) {
	const form = await request.formData();
	const text = (name: string) => {
		const given = form.get(name);
		return typeof given === 'string' ? given : '';
	};
	return {
		necessary: text('necessary'),
		lacked: text('lacked'),
		note: text('note'),
		reviewer: text('reviewer'),
		from: text('from'),
		stay: text('stay')
	};
}

export const actions: Actions = {
	review: async ({ params, request, cookies, url }) => {
		const id = idOfSegment(params.id);
		const typed = await typedIn(request);
		const { necessary, lacked, note, reviewer } = typed;
		if (reviewer.trim() === '')
			return fail(400, { message: 'Say who reviews: “Your name” is empty.', typed });
		try {
			await saveReview({
				handoff_id: id,
				necessary: answers.has(necessary) ? answers.get(necessary) : necessary || undefined,
				lacked: lacked === '' ? null : lacked,
				note,
				reviewer
			});
		} catch (refused) {
			if (refused instanceof SeamError)
				return fail(refused.status, { message: messageOf(refused), typed });
			throw refused;
		}
		rememberReviewer(cookies, url, reviewer);
		redirect(303, returnPath(typed.from, handoffAddress(id)));
	},
	withdraw: async ({ params, request }) => {
		const id = idOfSegment(params.id);
		const { from, stay } = await typedIn(request);
		await withdrawReview(id);
		redirect(303, returnPath(stay || from, handoffAddress(id)));
	}
};
