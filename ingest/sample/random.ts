/**
 * Random streams of the sample. Every concern (arrivals, waits, surveys …) has a stream of its own,
 * set anew for every conversation, so that planting an effect in one place moves no number
 * elsewhere.
 */
import {
	randomBeta,
	randomBinomial,
	randomExponential,
	randomLogNormal,
	randomNormal,
	randomPoisson
} from 'd3-random';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

const lanes = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];

/** Spreads one more number over a 32-bit state, so that neighbouring keys share nothing. */
function mixed(state: number, key: number): number {
	let h = Math.imul(state ^ key, 0x9e3779b1);
	h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
	return (h ^ (h >>> 13)) | 0;
}

const codeOf = (word: string) => [...word].reduce((code, c) => mixed(code, c.charCodeAt(0)), 1);

/** Shares that add up to about 1, by name. */
export type Shares<T extends string> = Partial<Record<T, number>>;

export class Stream {
	#base: number[];
	#generator;
	#source = () => uniformFloat64(this.#generator);
	#normal = randomNormal.source(this.#source);
	#logNormal = randomLogNormal.source(this.#source);
	#exponential = randomExponential.source(this.#source);
	#poisson = randomPoisson.source(this.#source);
	#binomial = randomBinomial.source(this.#source);
	#beta = randomBeta.source(this.#source);

	constructor(seed: number, concern: string) {
		this.#base = lanes.map((lane) =>
			[seed, Math.floor(seed / 2 ** 32), codeOf(concern)].reduce(mixed, lane)
		);
		this.#generator = xoroshiro128plusFromState(this.#base);
	}

	/** Sets the stream to the place that belongs to these whole numbers. */
	at(...keys: number[]): this {
		const state = this.#base.map((word) => keys.reduce(mixed, word));
		this.#generator = xoroshiro128plusFromState(state);
		return this;
	}

	/** Uniform in 0 ≤ x < 1. */
	unit(): number {
		return this.#source();
	}

	chance(probability: number): boolean {
		return this.#source() < probability;
	}

	/** Whole number from `least` to `most`, both included. */
	whole(least: number, most: number): number {
		return least + Math.floor(this.#source() * (most - least + 1));
	}

	normal(mean: number, deviation: number): number {
		return this.#normal(mean, deviation)();
	}

	logNormal(median: number, sigma: number): number {
		return this.#logNormal(Math.log(median), sigma)();
	}

	exponential(mean: number): number {
		return this.#exponential(1 / mean)();
	}

	poisson(mean: number): number {
		return mean > 0 ? this.#poisson(mean)() : 0;
	}

	binomial(n: number, p: number): number {
		return n > 0 && p > 0 ? (p < 1 ? this.#binomial(n, p)() : n) : 0;
	}

	beta(a: number, b: number): number {
		return this.#beta(a, b)();
	}

	pick<T>(list: readonly T[]): T {
		const item = list[Math.floor(this.#source() * list.length)];
		if (item === undefined) throw new RangeError('a list to pick from is empty');
		return item;
	}

	/** A name, drawn by its share of the sum. */
	draw<T extends string>(shares: Shares<T>): T {
		const names = Object.keys(shares) as T[];
		let left = this.#source() * names.reduce((sum, name) => sum + (shares[name] ?? 0), 0);
		for (const name of names) {
			left -= shares[name] ?? 0;
			if (left < 0) return name;
		}
		return this.pick(names);
	}
}

/** One stream a concern, made when first asked for. */
export type Streams = (concern: string) => Stream;

export function streamsOf(seed: number): Streams {
	const made = new Map<string, Stream>();
	return (concern) => {
		let stream = made.get(concern);
		if (!stream) made.set(concern, (stream = new Stream(seed, concern)));
		return stream;
	};
}
