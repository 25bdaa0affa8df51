import { readChoice } from '$lib/server/scope/scope';
import { readTriggerChoice, readTriggers } from '$lib/server/triggers/triggers';
import type { PageServerLoad } from './$types';

/** The page Triggers: address → choice → page. */
export const load: PageServerLoad = async ({ url, parent }) => {
	const { log } = await parent();
	const choice = readTriggerChoice(readChoice(url.searchParams), url.searchParams);
	return { page: await readTriggers(choice, log) };
};
