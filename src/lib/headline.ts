import type { Estimate } from './estimate.ts';
import { yearDays } from './scope.ts';
import { addDays } from './dates.ts';
import { formatNumber, formatValue, outOf } from './format.ts';
import type { MetricId } from './metrics.ts';
import { metrics } from './metrics.ts';
import type { Week, WeekRow } from './week.ts';
import { missingFields, read } from './reading.ts';

/**
 * The week in sentences: how many handoffs and how good, with the week before beside it, or the same
 * week of last year where that is asked for. It weighs
 * nothing: whether a difference is more than noise is for control charts to say.
 */
export function headline(page: Week): string[] {
	const now = page.series.find(({ week }) => week === page.week)?.values;
	const { values: before, words } = besideOf(page);
	if (!now) return [];

	const n = now.handoffs.n;
	const said = [`${formatNumber(n)} ${n === 1 ? 'handoff' : 'handoffs'}`];
	if (!page.complete) said.push(' so far');
	const n0 = before?.handoffs.n ?? 0;
	if (n0 > 0)
		said.push(
			page.complete ? `, ${compared(n, n0, words)}` : ` (${words}: ${formatNumber(n0)})`
		);
	const sentences = [`${said.join('')}.`];

	const score = quoted('quality_score', now.quality_score, before?.quality_score, words);
	if (score) sentences.push(`Quality score ${score}.`);
	const id = leadCsat(now.csat_top2);
	const csat = quoted(id, now[id], before?.[id], words);
	if (csat)
		sentences.push(
			`${id === 'csat_top2' ? 'Satisfied after handoff' : 'CSAT after handoff'} ${csat}.`
		);
	if (!score && !csat)
		sentences.push(
			missingFields('quality_score', page.health.fields).length > 0
				? 'How good they were cannot be said: see below what the log lacks.'
				: 'Too few to say how good they were.'
		);
	return sentences.map(unbroken);
}

/** What a week's numbers stand beside, and the words for it. */
export function besideOf({ week, series, lastYear }: Pick<Week, 'week' | 'series' | 'lastYear'>): {
	values: WeekRow['values'] | undefined;
	words: 'week before' | 'same week of last year';
	/** Monday */
	week: string;
} {
	if (lastYear)
		return {
			values: lastYear,
			words: 'same week of last year',
			week: addDays(week, -yearDays)
		};
	const before = addDays(week, -7);
	const values = series.find((row) => row.week === before)?.values;
	return { values, words: 'week before', week: before };
}

/** Under 30 answers the share of satisfied ones is read first, then the mean. */
export function leadCsat(answers: Estimate | undefined): 'csat_top2' | 'csat_mean' {
	return (answers?.n ?? 0) < 30 ? 'csat_top2' : 'csat_mean';
}

function compared(n: number, before: number, words: string): string {
	const than = words === 'week before' ? 'the week before' : `in the ${words}`;
	if (n === before) return `as many as ${than}`;
	const more = n > before;
	return `${formatNumber(Math.abs(n - before))} ${more ? 'more' : 'fewer'} than ${than}`;
}

function quoted(
	id: MetricId,
	now: Estimate,
	before: Estimate | undefined,
	words: string
): string | null {
	const reading = read(id, now);
	if (reading.state !== 'value') return null;
	const scale = outOf[metrics[id].unit];
	const interval = reading.interval === null ? '' : `95 % interval ${reading.interval}, `;
	const earlier = read(id, before);
	const then =
		earlier.state === 'value' && before
			? `, ${words} ${formatValue(before.value, metrics[id].unit)}`
			: '';
	return `${reading.value}${scale ? ` ${scale}` : ''} (${interval}n = ${formatNumber(reading.n)})${then}`;
}

/** Keeps a number with its sign and its unit on one line. */
function unbroken(sentence: string): string {
	return sentence.replace(/(?<=\d) (?=%|s\b|min\b)|(?<=n) (?==)|(?<==) /g, '\u00a0');
}
