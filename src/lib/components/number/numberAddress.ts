import { placeOf, type Place } from '../../address.ts';
import { handoffsAddress } from '../../handoffs.ts';
import type { MetricId } from '../../metrics.ts';
import { countedHandoffs } from '../../narrowings.ts';
import type { Scope } from '../../scope.ts';

/**
 * The handoffs that a number of a page counts, in the list: of a share those that it is the share of,
 * of a median those it is the median of. Null for metrics over conversations.
 * @param back path and query of the page; the list links back there
 * @param place where it was counted, if not where the page stands
 */
export function numberAddress(
	id: MetricId,
	scope: Scope,
	back?: string,
	place?: Partial<Place>
): ReturnType<typeof handoffsAddress> | null {
	const narrowing = countedHandoffs[id];
	return narrowing === undefined ? null : handoffsAddress(placeOf(scope, place), narrowing, back);
}
