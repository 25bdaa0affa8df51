import type { Narrowing } from '../../handoffs.ts';
import { countedHandoffs } from '../../narrowings.ts';

const { csat_response_rate = {}, csat_top2 = {}, csat_mean = {} } = countedHandoffs;

/** Handoffs by what they answered: all of them, those that answered, were satisfied, kept silent. */
export const surveyed = {
	all: {},
	answered: csat_response_rate,
	satisfied: csat_top2,
	lowestFirst: csat_mean,
	silent: { ranges: { csat: null } }
} satisfies Record<string, Narrowing>;
export type Surveyed = keyof typeof surveyed;
