import type { WaitBin, WaitBins } from '../../csat.ts';
import { formatDuration } from '../../format.ts';
import type { Datum } from '../cells.ts';
import type { Chart } from '../chart.ts';
import { colour } from '../chart.ts';
import type { Href } from '../links.ts';
import { shareRows } from '../shareRows.ts';

const looks = {
	before: { what: 'time with the AI', fill: colour.ai },
	after: { what: 'wait for a person', fill: colour.person }
} as const;

/** A bin in words: "under 30 s", "1–2 min", "30 min – 4 h", "4 h and more". */
export function binWords({ from_s, to_s }: Pick<WaitBin, 'from_s' | 'to_s'>): string {
	if (to_s === null) return from_s === 0 ? 'any' : `${formatDuration(from_s)} and more`;
	if (from_s === 0) return `under ${formatDuration(to_s)}`;
	const [from, to] = [formatDuration(from_s), formatDuration(to_s)];
	const [number = '', unit, ...rest] = from.split(' ');
	const isOneUnit = rest.length === 0 && unit === to.split(' ')[1] && to.split(' ').length === 2;
	return isOneUnit ? `${number}–${to}` : `${from} – ${to}`;
}

/** A bin as data: where it begins and ends, in seconds. */
export const binCell = (bin: Pick<WaitBin, 'from_s' | 'to_s'>): Datum => ({
	text: binWords(bin),
	low: bin.from_s,
	high: bin.to_s,
	unit: 's'
});

/** Satisfied share after handoff against one of its waits, shortest first. */
export function csatWaits(
	{ bins }: WaitBins,
	wait: 'before' | 'after',
	period: string,
	href?: Href<WaitBin>
): Chart {
	const { what, fill } = looks[wait];
	return shareRows(
		bins.map((bin) => ({
			label: binWords(bin),
			cell: binCell(bin),
			n: bin.csat_top2.n,
			asAnswered: bin.csat_top2,
			adjusted: bin.standardised,
			colour: fill,
			href: href?.(bin)
		})),
		{
			title: `Satisfied share by ${what}, ${period}`,
			description: `Dots with 95 % intervals: satisfied share after handoff for ${bins.length} lengths of the ${what}, as answered and at the same topic mix, ${period}.`,
			axis: 'Share of answers that are 4 or 5',
			head: wait === 'before' ? 'Time with the AI' : 'Wait for a person',
			adjusted: 'Same topic mix'
		}
	);
}
