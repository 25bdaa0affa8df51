/** Sentences whose numbers lead to what they count. */
import type { Active, Place } from './address.ts';
import type { Narrowing } from './handoffs.ts';
import type { MetricId } from './metrics.ts';

/** A part of a sentence that leads somewhere. */
export type Linked = { words: string };

/** The handoffs behind a number of a sentence. */
export type Counted = Linked & {
	narrowing: Narrowing;
	/** filters that take the place of the page's of the same dimensions */
	only?: Active[];
};

/** A number of a metric: what it counts, or is taken over, is behind it. */
export type Quoted = Linked & {
	id: MetricId;
	/** where it was counted, if not where the page stands */
	place?: Partial<Place>;
};

/** A sentence, whose numbers lead to what they count. */
export type Said<One extends Linked = Counted> = (string | One)[];

/** A sentence without its ways. */
export const plainWords = (said: Said<Linked>): string =>
	said.map((part) => (typeof part === 'string' ? part : part.words)).join('');

/** Several after each other. */
export const joined = <One extends Linked>(said: Said<One>[], between: string): Said<One> =>
	said.flatMap((one, at) => (at === 0 ? one : [between, ...one]));

/** The same with other words, part by part. */
export const reworded = <One extends Linked>(
	said: Said<One>,
	change: (words: string) => string
): Said<One> =>
	said.map((part) =>
		typeof part === 'string' ? change(part) : { ...part, words: change(part.words) }
	);
