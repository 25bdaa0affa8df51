import { againstPast } from './againstPast.ts';
import { benjaminiHochberg } from './benjaminiHochberg.ts';
import { countTail } from './countTail.ts';
import { ratioPrior, shrinkRatio, type RatioPrior, type ShrunkenRatio } from './gammaPoisson.ts';
import { countInterval, standardisedRatio, type StandardisedRatio } from './standardisedRatio.ts';
import type { Interval } from './wilson.ts';

/**
 * Failures of one topic: seen, expected of it (null where unknown), and out of how many
 * conversations, where that is known. `past`: the expectation is that of so many failures counted
 * before, and is no better known than these.
 */
export type Failures = {
	observed: number;
	expected: number | null;
	population?: number;
	past?: number | null;
};

/** How far the failures of one topic exceed what is expected of it. */
export type Excess = {
	observed: number;
	expected: number;
	/** Seen over expected; null where nothing is expected. */
	ratio: Pick<StandardisedRatio, 'ratio' | 'exact'> | null;
	/** Seen less expected, in failures, with the exact interval. */
	excess: Interval & { value: number };
	/** One-sided chance of as many failures or more: exact, and mid-P. */
	pExact: number;
	p: number;
	/** Mid-P, with all topics looked at (Benjamini and Hochberg). */
	adjusted: number;
	/** What is to be believed of the ratio; its 5 % quantile ranks the topics. */
	shrunken: ShrunkenRatio;
	/** More than expected beyond chance, however little more. */
	isMore: boolean;
	/** As `isMore`, and surely by more than the margin. */
	isGap: boolean;
};

export type ExcessOptions = {
	/** Share of false topics among those that stand out, at most. */
	q?: number;
	/** Failures that a gap has at least. */
	least?: number;
	/**
	 * Variance of counts over their mean, as `dispersionOf` measures it over the weeks. Counts that
	 * come in bursts exceed by chance more often than Poisson's; under 1 is read as 1.
	 */
	dispersion?: number;
	/** Share above expectation that EB05 has to pass for a gap, 0.1 for a tenth; none if not given. */
	margin?: number;
};

/** Where more than this share fails, failures are no longer rare and their count is binomial. */
const common = 0.2;

/**
 * Which topics have more failures than expected: seen against expected (indirect standardisation),
 * one-sided mid-P, Benjamini–Hochberg over the topics, and the ratio drawn towards that of all
 * topics (empirical Bayes, as DuMouchel's EB05, 1999). A gap has EB05 above 1 (above 1 and a `margin`
 * where one is given), at least 5 failures, and stands up to Benjamini–Hochberg. Counts are Poisson; binomial where more than 20 % are
 * expected to fail; negative binomial where a dispersion above 1 is given, which also widens the
 * intervals and draws ratios in by as much. Against a past that is counted itself, chance and
 * intervals are those of both counts. A topic whose expected count is unknown has null.
 */
export function excessPoisson(
	topics: readonly Failures[],
	{ q = 0.05, least = 5, dispersion = 1, margin = 0 }: ExcessOptions = {}
): { topics: (Excess | null)[]; prior: RatioPrior | null } {
	const spread = Math.max(1, dispersion);
	const known = topics.flatMap(({ observed, expected, population, past }, index) => {
		if (expected === null) return [];
		const against =
			past && expected > 0
				? againstPast({ observed, expected, past }, { dispersion: spread })
				: null;
		return [{ index, observed, expected, population, against }];
	});
	const scaled = ({ observed, expected, against }: (typeof known)[number]) => {
		const scale = against?.scale ?? spread;
		return { observed: observed / scale, expected: expected / scale };
	};
	const prior = ratioPrior(known.map(scaled));
	const judged: (Excess | null)[] = topics.map(() => null);
	if (!prior) return { topics: judged, prior };

	const tails = known.map(({ observed, expected, population, against }) => {
		const share = population && !against ? expected / population : 0;
		const own = against?.dispersion ?? (spread === 1 && share > common ? 1 - share : spread);
		return countTail(observed, { mean: expected, dispersion: own });
	});
	const { adjusted, rejected } = benjaminiHochberg(
		tails.map(({ mid }) => mid),
		q
	);
	for (const [place, topic] of known.entries()) {
		const { index, observed, expected, against } = topic;
		const seen = countInterval(observed, { dispersion: spread });
		const shrunken = shrinkRatio(prior, scaled(topic));
		// Where nobody else fails there is no ratio to draw in.
		const isSurely = (above: number) => expected === 0 || shrunken.q05 > 1 + above;
		const isMore = isSurely(0) && observed >= least && rejected[place] === true;
		judged[index] = {
			observed,
			expected,
			ratio: against
				? { ratio: observed / expected, exact: against.ratio }
				: standardisedRatio(observed, expected, { dispersion: spread }),
			excess: {
				value: observed - expected,
				...(against?.excess ?? { low: seen.low - expected, high: seen.high - expected })
			},
			pExact: tails[place]?.exact ?? 1,
			p: tails[place]?.mid ?? 1,
			adjusted: adjusted[place] ?? 1,
			shrunken,
			isMore,
			isGap: isMore && isSurely(margin)
		};
	}
	return { topics: judged, prior };
}
