import type { Active } from '../address.ts';
import type { Narrowing } from '../handoffs.ts';

/** The handoffs behind a number of a sentence. */
export type Counted = {
	words: string;
	narrowing: Narrowing;
	/** filters that take the place of the page's of the same dimensions */
	only?: Active[];
};

/** A sentence, whose numbers lead to their handoffs. */
export type Said = (string | Counted)[];

/** A sentence without its ways. */
export const plainWords = (said: Said): string =>
	said.map((part) => (typeof part === 'string' ? part : part.words)).join('');

/** Several after each other. */
export const joined = (said: Said[], between: string): Said =>
	said.flatMap((one, at) => (at === 0 ? one : [between, ...one]));
