import { readAsked } from '$lib/server/handoffs/asked';
import { readHandoffs } from '$lib/server/handoffs/handoffs';
import { readChoice } from '$lib/server/scope/scope';
import type { PageServerLoad } from './$types';

/** The list of handoffs: address → what it asks → page. */
export const load: PageServerLoad = async ({ url, parent }) => {
	const { log } = await parent();
	const { searchParams } = url;
	return { page: await readHandoffs(readChoice(searchParams), readAsked(searchParams), log) };
};
