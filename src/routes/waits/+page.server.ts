import { readChoice } from '$lib/server/scope/scope';
import { readWaitChoice, readWaits } from '$lib/server/waits/waits';
import type { PageServerLoad } from './$types';

/** The page Waits: address → choice → page. */
export const load: PageServerLoad = async ({ url, parent }) => {
	const { log } = await parent();
	const choice = readWaitChoice(readChoice(url.searchParams), url.searchParams);
	return { page: await readWaits(choice, log) };
};
