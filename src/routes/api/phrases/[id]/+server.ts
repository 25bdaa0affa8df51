import { foreign, isOwnCommand, refusal } from '$lib/server/http/answer';
import { editPhrase } from '$lib/server/phrases/phraseEntries';
import type { RequestHandler } from './$types';

/** Renames, merges, accepts or dismisses a phrase group. */
export const PATCH: RequestHandler = async ({ params, request }) => {
	if (!(await isOwnCommand(request)))
		return foreign('Only the seam command may change phrase groups.');
	try {
		const given: unknown = await request.json().catch(() => null);
		return Response.json(await editPhrase(params.id, given));
	} catch (failure) {
		return refusal(failure);
	}
};
