import { readQuality } from '$lib/server/quality/quality';
import { readChoice } from '$lib/server/scope/scope';
import type { PageServerLoad } from './$types';

/** The page Quality: address → choice → page. */
export const load: PageServerLoad = async ({ url, parent }) => {
	const { log } = await parent();
	return { page: await readQuality(readChoice(url.searchParams), url.searchParams, log) };
};
