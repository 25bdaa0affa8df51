import { readGapsChoice, readGapsPage } from '$lib/server/gaps/gapsPage';
import { readChoice } from '$lib/server/scope/scope';
import type { PageServerLoad } from './$types';

/** The page Gaps: address → choice → page. */
export const load: PageServerLoad = async ({ url, parent }) => {
	const { log } = await parent();
	const choice = readGapsChoice(readChoice(url.searchParams), url.searchParams);
	return { page: await readGapsPage(choice, log) };
};
