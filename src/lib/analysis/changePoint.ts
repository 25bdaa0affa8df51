/** Where the rate of a series of counts changes, and how surely. */
export type ChangePoint = {
	/** how many counts lie before the change */
	index: number;
	/** twice the gain in log likelihood over one rate for all */
	lr: number;
	/** events per unit of exposure on both sides */
	meanBefore: number;
	meanAfter: number;
	/** chance of a gain as large without any change */
	p: number;
	/** Pearson's χ² over its degrees of freedom: near 1 where counts scatter as chance has them */
	dispersion: number;
};

type Options = {
	/** what each count is out of, such as the events expected of it; where all are alike, leave it out */
	exposure?: readonly number[];
	/** rising: only splits with a higher rate after them are looked at */
	direction?: 'either' | 'rising';
	/** counts that each side has at least */
	minSegment?: number;
	/** series drawn for the test */
	rounds?: number;
	seed?: number;
};
type Search = Required<Pick<Options, 'direction' | 'minSegment'>>;

/** Gains this close to each other are the same: rounding, not evidence. */
const dust = 1e-9;

/**
 * The one change that explains a series of counts best: every split is tried, the one of the largest
 * Poisson likelihood ratio kept, the first of equal ones. Its p allows for the search: the gain is
 * held against that of series without a change. Without exposures these are the counts shuffled (a
 * permutation test); with exposures, which shuffling would tear from their places, Poisson counts
 * at one rate. Both come from a generator with a seed, so that the same series gives the same p. A
 * gradual change has a best split as well: it says that the rate changes, and about where. Null
 * where there are not enough counts for two sides, or where no split is left: none with exposure on
 * both sides, none in the direction asked for.
 */
export function changePoint(
	counts: readonly number[],
	{ exposure, direction = 'either', minSegment = 4, rounds = 4999, seed = 2 }: Options = {}
): ChangePoint | null {
	const series = counts.map((count, at) => ({ count, exposure: exposure?.[at] ?? 1 }));
	const search = { direction, minSegment };
	const best = bestSplit(series, search);
	if (!best) return null;
	const random = randomFrom(seed);
	const drawn = series.map((one) => ({ ...one }));
	const oneRate = rate(series);
	let asLarge = 0;
	for (let round = 0; round < rounds; round++) {
		if (exposure) for (const one of drawn) one.count = poisson(oneRate * one.exposure, random);
		else shuffle(drawn, random);
		const gain = bestSplit(drawn, search)?.lr ?? 0;
		if (gain >= best.lr - dust * Math.max(1, best.lr)) asLarge++;
	}
	const [meanBefore, meanAfter] = [
		rate(series.slice(0, best.index)),
		rate(series.slice(best.index))
	];
	const squares = series.reduce((sum, one, at) => {
		const expected = (at < best.index ? meanBefore : meanAfter) * one.exposure;
		return expected > 0 ? sum + (one.count - expected) ** 2 / expected : sum;
	}, 0);
	return {
		...best,
		meanBefore,
		meanAfter,
		p: (asLarge + 1) / (rounds + 1),
		dispersion: squares / (series.length - 2)
	};
}

type Counted = { count: number; exposure: number };

function bestSplit(
	series: readonly Counted[],
	{ direction, minSegment }: Search
): { index: number; lr: number } | null {
	let [count, exposure] = [0, 0];
	const whole = totals(series);
	let best: { index: number; lr: number } | null = null;
	for (const [at, one] of series.entries()) {
		if (at >= minSegment && series.length - at >= minSegment) {
			const rest = { count: whole.count - count, exposure: whole.exposure - exposure };
			const isRising = rest.count * exposure > count * rest.exposure;
			if (exposure > 0 && rest.exposure > 0 && (direction === 'either' || isRising)) {
				const gain = likelihood({ count, exposure }) + likelihood(rest) - likelihood(whole);
				const lr = Math.max(0, 2 * gain);
				if (!best || lr > best.lr + dust * Math.max(1, lr)) best = { index: at, lr };
			}
		}
		count += one.count;
		exposure += one.exposure;
	}
	return best;
}

/** Log likelihood of a stretch at its own rate, without what all splits share. */
const likelihood = ({ count, exposure }: Counted) =>
	count > 0 ? count * Math.log(count / exposure) : 0;

function totals(series: readonly Counted[]): Counted {
	return series.reduce(
		(sum, one) => ({
			count: sum.count + one.count,
			exposure: sum.exposure + one.exposure
		}),
		{ count: 0, exposure: 0 }
	);
}

function rate(series: readonly Counted[]): number {
	const { count, exposure } = totals(series);
	return count / exposure;
}

/** Fisher and Yates, in place. */
function shuffle(series: Counted[], random: () => number): void {
	for (let left = series.length - 1; left > 0; left--) {
		const other = Math.floor(random() * (left + 1));
		const [a, b] = [series[left], series[other]];
		if (!a || !b) return;
		series[left] = b;
		series[other] = a;
	}
}

/** Knuth's product of uniform numbers; beyond, the normal curve comes near enough. */
const mostMultiplied = 30;

/** A count by chance around its mean. */
function poisson(mean: number, random: () => number): number {
	if (mean > mostMultiplied) {
		const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
		return Math.max(0, Math.round(mean + normal * Math.sqrt(mean)));
	}
	const least = Math.exp(-mean);
	let [count, product] = [0, random()];
	while (product > least) {
		count++;
		product *= random();
	}
	return count;
}

/** Mulberry32: evenly spread numbers from 0 to below 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
