import { readChoice } from '$lib/server/scope';
import { readWeek } from '$lib/server/week';
import type { PageServerLoad } from './$types';

/** The week page: address → choice → page. */
export const load: PageServerLoad = async ({ url, parent }) => {
	const { log } = await parent();
	return { page: await readWeek(readChoice(url.searchParams), log) };
};
