import type { FamilyId, RepeatId, ResolutionId } from '../../definitions.ts';
import type { Narrowing } from '../../handoffs.ts';
import { handoffsWithin, watchedFor } from '../repeats/repeatLinks.ts';

/** The handoffs that another definition of resolution counts. */
export const resolvedByOthers: Record<ResolutionId, Narrowing> = {
	// Who gave up or met nobody is resolved in no definition of outcomes.
	reached: { flags: { resolved: true } },
	answered: { outcomes: ['resolved', 'answered'] },
	confirmed: { values: { conversation_ended: ['confirmed'] } },
	confirmed_or_assumed: { values: { conversation_ended: ['confirmed', 'assumed'] } },
	silent_24h: { silent: 1 },
	silent_72h: { silent: 3 },
	silent_7d: { silent: 7 },
	silent_7d_not_abandoned: {
		silent: 7,
		outcomes: [
			'resolved',
			'unresolved',
			'answered',
			'transferred',
			'returned_to_ai',
			'callback'
		]
	}
};

/** The handoffs that another definition of a repeat contact counts. */
export function returnsOfOthers(id: RepeatId): Narrowing {
	const [match, on, days] = id.split('_') as ['same' | 'any', 'same' | 'any', string];
	const { flags, ranges } = watchedFor(Number(days));
	return { flags, ranges: { ...ranges, ...handoffsWithin({ match, on }, Number(days)).ranges } };
}

/** The handoffs that a definition counts; undefined where it counts conversations. */
export function countedByOthers(family: FamilyId, id: string): Narrowing | undefined {
	if (family === 'resolution') return resolvedByOthers[id as ResolutionId];
	return family === 'repeats' ? returnsOfOthers(id as RepeatId) : undefined;
}
