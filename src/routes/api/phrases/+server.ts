import { refusal } from '$lib/server/http/answer';
import { readParameters } from '$lib/server/http/parameters';
import { listPhrases, phrasesParameters } from '$lib/server/phrases/phraseFile';
import { withSnapshot } from '$lib/server/store/engine';
import type { RequestHandler } from './$types';

/** Phrase groups of a period and filter. */
export const GET: RequestHandler = async ({ url }) => {
	try {
		const asked = readParameters(phrasesParameters, url.searchParams);
		return Response.json(await withSnapshot(() => listPhrases(asked)), {
			headers: { 'cache-control': 'no-store' }
		});
	} catch (failure) {
		return refusal(failure);
	}
};
