/** Gaps of a period and filter: counts → excess → what emerges → cost, kind and fixes. */
import type { Gap, Gaps } from '../../gaps.ts';
import type { Filter } from '../scope/filter.ts';

/**
 * All topics, and phrase groups within them, ranked; `isListed` tells the gaps among them. The topics
 * chosen narrow what is returned, not what they are held against. Within a snapshot of the store.
 */
export type ReadGaps = (filter: Filter) => Promise<Gaps>;

/** One topic, or one phrase group of it; null where the period has nothing of it. */
export type ReadGap = (
	filter: Filter,
	topic: string | null,
	phrase: string | null
) => Promise<Gap | null>;
