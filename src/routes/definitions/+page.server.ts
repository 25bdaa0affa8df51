import { readDefinitions } from '$lib/server/definitions/definitions';
import { readChoice } from '$lib/server/scope/scope';
import type { PageServerLoad } from './$types';

/** The page Definitions: address → choice → page. */
export const load: PageServerLoad = async ({ url, parent }) => {
	const { log } = await parent();
	return { page: await readDefinitions(readChoice(url.searchParams), log) };
};
