import { readPhraseJob } from '$lib/server/phrases/phraseRunner';
import type { RequestHandler } from './$types';

/** What the job that groups questions does. */
export const GET: RequestHandler = () =>
	Response.json(readPhraseJob(), { headers: { 'cache-control': 'no-store' } });
