import type { PlotOptions } from '@observablehq/plot';
import type { Cell } from './cells.ts';
import type * as PlotLibrary from './plot.ts';

/** Observable Plot, handed to charts so that no chart brings the library into a page by itself. */
export type Plot = typeof PlotLibrary;

/**
 * The same data as a table: a heading a column, no two alike, a row a line, the first cell of a row
 * its name. Its cells are made in cells.ts.
 */
export type Table = {
	head: string[];
	rows: Cell[][];
	/** where the name of a row leads, row by row */
	links?: (string | null)[];
	/** where cells lead, by row and column, where it is elsewhere than the row */
	cellLinks?: (string | null)[][];
};

/** What a chart module makes of its rows. */
export type Chart = {
	/** What the figure shows, with its period. */
	title: string;
	/** What there is to see, in a sentence, for readers who cannot see it. */
	description: string;
	/** Height in px; the same at every width, so that a figure never moves what is below it. */
	height: number;
	/** Plot options for a picture of so many px; the only road to it, on the server and live. */
	draw: (plot: Plot, width: number) => PlotOptions;
	table: Table;
	/** Whether marks are links, for pointers; the table has the same ones, or another one beside. */
	linked?: boolean;
	/**
	 * Mondays of an x axis of weeks, one a row of the table: the figure marks AI versions, imports and
	 * fixes there, and makes each week a link (annotate.ts).
	 */
	weeks?: string[];
	/** px of one panel's frame where the chart has several side by side */
	frame?: (width: number) => number;
};

/** Looks of every tooltip. A press pins it: it must not then catch the click on a link below it. */
export const tipStyle = {
	stroke: 'var(--control)',
	lineHeight: 1.3,
	textPadding: 8,
	pointerEvents: 'none'
} as const;

/** Colours of the figures; defined once, in src/app.css. */
export const colour = {
	failure: 'var(--failure)',
	topic: 'var(--topic)',
	ai: 'var(--ai)',
	person: 'var(--person)',
	unknown: 'var(--unknown)',
	signal: 'var(--signal)',
	ink: 'var(--ink)',
	muted: 'var(--muted)',
	border: 'var(--border)',
	surface: 'var(--surface)'
} as const;
