import { placeOf } from '../../address.ts';
import { handoffsAddress, type Narrowing, type NumberColumn } from '../../handoffs.ts';
import type { Cost } from '../../quality.ts';
import type { Scope } from '../../scope.ts';
import { narrowed } from '../figure/figureAddress.ts';

/** Handoffs without an item of context, with it, or all that log their context. */
export type ItemSide = 'lacks' | 'has' | 'logged';

/** What a cost is measured by, and the cost, which compares within some topics only. */
export type Counted = {
	column: Extract<NumberColumn, 'handle_s' | 'reasked'>;
	cost: Pick<Cost, 'topics' | 'covered'>;
};

const known = { from: null, to: null };

/**
 * The handoffs behind a number of the table of context items.
 * @param url of the page: the list links back there
 * @param counted left out where all handoffs count, whatever else is known of them
 */
export function handoffsOfItem(
	{ pathname, search }: URL,
	scope: Scope,
	item: string,
	side: ItemSide,
	counted?: Counted
): `/handoffs?${string}` {
	const narrowing: Narrowing = {
		...(side === 'logged' ? {} : { [side]: [item] }),
		ranges: {
			...(side === 'logged' && { context_completeness: known }),
			...(counted && { [counted.column]: known })
		}
	};
	// Where all topics are compared, the filters of the page hold already.
	const filters =
		counted && counted.cost.covered < 1
			? [
					...narrowed(scope, {}).filter(({ dimension }) => dimension !== 'topic'),
					...counted.cost.topics.map((topic) => ({
						dimension: 'topic' as const,
						value: topic ?? ''
					}))
				]
			: narrowed(scope, {});
	return handoffsAddress(placeOf(scope, { filters }), narrowing, pathname + search);
}
