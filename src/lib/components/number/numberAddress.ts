import { placeOf, type Place } from '../../address.ts';
import { countedConversations } from '../../conversationNarrowings.ts';
import { conversationsAddress } from '../../conversations.ts';
import { handoffsAddress } from '../../handoffs.ts';
import type { ListAddress } from '../../list.ts';
import type { MetricId } from '../../metrics.ts';
import { countedHandoffs } from '../../narrowings.ts';
import type { Scope } from '../../scope.ts';

/**
 * The handoffs or conversations that a number of a page counts, in their list: of a share those that
 * it is the share of, of a median those it is the median of.
 * @param back path and query of the page; the list links back there
 * @param place where it was counted, if not where the page stands
 */
export function numberAddress(
	id: MetricId,
	scope: Scope,
	back?: string,
	place?: Partial<Place>
): ListAddress | null {
	const handoffs = countedHandoffs[id];
	if (handoffs !== undefined) return handoffsAddress(placeOf(scope, place), handoffs, back);
	const conversations = countedConversations[id];
	return conversations === undefined
		? null
		: conversationsAddress(placeOf(scope, place), conversations, back);
}
