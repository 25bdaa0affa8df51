import { readCsatPage } from '$lib/server/csat/csat';
import { readChoice } from '$lib/server/scope/scope';
import type { PageServerLoad } from './$types';

/** The page CSAT: address → choice → page. */
export const load: PageServerLoad = async ({ url, parent }) => {
	const { log } = await parent();
	return { page: await readCsatPage(readChoice(url.searchParams), log) };
};
