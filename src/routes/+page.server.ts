import { readWeek, readWeekChoice } from '$lib/server/week/week';
import type { PageServerLoad } from './$types';

/** The week page: address → choice → page. */
export const load: PageServerLoad = async ({ url, parent }) => {
	const { log } = await parent();
	return { page: await readWeek(readWeekChoice(url.searchParams), log) };
};
