import { readConversationsAsked } from '$lib/server/conversations/asked';
import { readConversations } from '$lib/server/conversations/conversations';
import { readChoice } from '$lib/server/scope/scope';
import type { PageServerLoad } from './$types';

/** The list of conversations: address → what it asks → page. */
export const load: PageServerLoad = async ({ url, parent }) => {
	const { log } = await parent();
	const asked = readConversationsAsked(url.searchParams);
	return { page: await readConversations(readChoice(url.searchParams), asked, log) };
};
