import { mixOf, standardise, type Stratum } from './directStandardisation.ts';
import type { Interval } from './wilson.ts';

/** Under this share of answers the worst-case bounds belong beside the number. */
const mostAnswered = 0.5;

/** What a path's answers can and cannot say about its conversations. Shares 0–1; null without rows. */
export type Nonresponse = {
	conversations: number;
	answers: number;
	responseRate: number | null;
	/** Share of good answers among those who answered. */
	crude: number | null;
	/** Share of good ones if all who kept silent had been unhappy, and if all had been happy. */
	bounds: Interval | null;
	/** Fewer than half answered: the bounds must be shown. */
	isMostlySilent: boolean;
};

/** Response rate, crude share and worst-case bounds of one path over its topics (Manski 1989). */
export function nonresponse(strata: Stratum[]): Nonresponse {
	const sum = (of: (stratum: Stratum) => number) =>
		strata.reduce((total, stratum) => total + of(stratum), 0);
	const conversations = sum((stratum) => stratum.conversations);
	const answers = sum((stratum) => stratum.answers);
	const positive = sum((stratum) => stratum.positive);
	const some = conversations > 0;
	return {
		conversations,
		answers,
		responseRate: some ? answers / conversations : null,
		crude: answers > 0 ? positive / answers : null,
		bounds: some
			? {
					low: positive / conversations,
					high: (positive + conversations - answers) / conversations
				}
			: null,
		isMostlySilent: some && answers / conversations < mostAnswered
	};
}

/**
 * Share of good ones among all conversations of a path if those who kept silent differ by `delta`
 * (in shares, −1 to 1) from those who answered on the same topics; kept within 0–1. Null where a
 * topic has no answer.
 */
export function shiftedShare(strata: Stratum[], delta: number): number | null {
	const { value } = standardise(strata, mixOf(strata));
	const { responseRate } = nonresponse(strata);
	if (value === null || responseRate === null) return null;
	const silent = Math.min(1, Math.max(0, value + delta));
	return responseRate * value + (1 - responseRate) * silent;
}
