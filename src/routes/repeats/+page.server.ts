import { readRepeatChoice, readRepeats } from '$lib/server/repeats/repeats';
import { readChoice } from '$lib/server/scope/scope';
import type { PageServerLoad } from './$types';

/** The page Repeats: address → choice → page. */
export const load: PageServerLoad = async ({ url, parent }) => {
	const { log } = await parent();
	const choice = readRepeatChoice(readChoice(url.searchParams), url.searchParams);
	return { page: await readRepeats(choice, log) };
};
