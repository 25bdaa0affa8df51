import type { Markish } from '@observablehq/plot';
import type { Plot } from './chart.ts';
import { colour } from './chart.ts';

/** Where a mark leads; nothing where there is nothing to open. */
export type Href<Key> = ((key: Key) => string) | undefined;

/** Nothing to see until a pointer is over it; .areas is styled by Figure.svelte. */
const area = { stroke: colour.ink, strokeOpacity: 0, className: 'areas' } as const;

/** Columns of an axis, of weeks or of other values, as links, `step` px wide each. */
export const columnLinks = <Value extends string | number>(
	plot: Plot,
	values: readonly Value[],
	href: (value: Value) => string,
	step: number
): Markish => plot.ruleX(values, { ...area, x: (value: Value) => value, href, strokeWidth: step });

/**
 * Rows of a band axis as links, with the names on their left, or strips of rows `dy` px below their
 * middle; draw them last but for tooltips.
 */
export const rowLinks = (
	plot: Plot,
	rows: { name: string; href?: string | undefined }[],
	{ height, left, dy = 0 }: { height: number; left: number; dy?: number }
): Markish =>
	plot.ruleY(
		rows.filter(({ href }) => href !== undefined),
		{ ...area, y: 'name', href: 'href', strokeWidth: height, insetLeft: -left, dy }
	);
