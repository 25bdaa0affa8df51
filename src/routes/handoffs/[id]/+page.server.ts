import { error, fail, redirect } from '@sveltejs/kit';
import { messageOf, SeamError } from '../../../../ingest/errors';
import { readHandoff } from '$lib/server/handoff';
import { returnPath } from '$lib/server/returnPath';
import { saveReview, withdrawReview } from '$lib/server/reviews';
import type { Actions, PageServerLoad } from './$types';

/** One handoff: id → page. */
export const load: PageServerLoad = async ({ params }) => {
	const handoff = await readHandoff(params.id);
	if (!handoff) error(404, `No handoff has the id ${params.id}.`);
	return { handoff };
};

/** What the choices of the form stand for; anything else is for the check to name. */
const answers = new Map<unknown, boolean | null>([
	['yes', true],
	['no', false],
	['unsure', null]
]);

const own = (id: string) => `/handoffs/${encodeURIComponent(id)}`;

export const actions: Actions = {
	review: async ({ params, request }) => {
		const form = await request.formData();
		const necessary = form.get('necessary');
		const text = (name: string) => form.get(name) ?? '';
		try {
			await saveReview({
				handoff_id: params.id,
				necessary: answers.has(necessary)
					? answers.get(necessary)
					: (necessary ?? undefined),
				lacked: text('lacked') === '' ? null : text('lacked'),
				note: text('note'),
				reviewer: text('reviewer')
			});
		} catch (refused) {
			if (refused instanceof SeamError)
				return fail(refused.status, { message: messageOf(refused) });
			throw refused;
		}
		redirect(303, returnPath(form.get('from'), own(params.id)));
	},
	withdraw: async ({ params, request }) => {
		const form = await request.formData();
		await withdrawReview(params.id);
		redirect(303, returnPath(form.get('from'), own(params.id)));
	}
};
