import type { Estimate } from './estimate.ts';
import { yearDays } from './scope.ts';
import { addDays } from './dates.ts';
import { formatNumber, outOf } from './format.ts';
import type { MetricId } from './metrics.ts';
import { metrics } from './metrics.ts';
import type { Week, WeekRow } from './week.ts';
import { missingFields, read } from './reading.ts';
import { reworded, type Quoted, type Said } from './said.ts';

/**
 * The week in sentences: how many handoffs and how good, with the week before beside it, or the same
 * week of last year where that is asked for. It weighs
 * nothing: whether a difference is more than noise is for control charts to say.
 */
export function headline(page: Week): Said<Quoted>[] {
	const now = page.series.find(({ week }) => week === page.week)?.values;
	const beside = besideOf(page);
	const { values: before } = beside;
	if (!now) return [];

	const n = now.handoffs.n;
	const sentences: Said<Quoted>[] = [
		[
			{ words: formatNumber(n), id: 'handoffs' },
			` ${n === 1 ? 'handoff' : 'handoffs'}`,
			...(page.complete ? [] : [' so far']),
			...compared(n, before?.handoffs.n ?? 0, page.complete, beside),
			'.'
		]
	];

	const score = quoted('quality_score', now.quality_score, before?.quality_score, beside);
	if (score) sentences.push(['Quality score ', ...score, '.']);
	const id = leadCsat(now.csat_top2);
	const csat = quoted(id, now[id], before?.[id], beside);
	if (csat)
		sentences.push([
			id === 'csat_top2' ? 'Satisfied after handoff ' : 'CSAT after handoff ',
			...csat,
			'.'
		]);
	if (!score && !csat)
		sentences.push([
			missingFields('quality_score', page.health.fields).length > 0
				? 'How good they were cannot be said: see below what the log lacks.'
				: 'Too few to say how good they were.'
		]);
	return sentences.map((sentence) => reworded(sentence, unbroken));
}

/** What a week's numbers stand beside, and the words for it. */
type Beside = {
	values: WeekRow['values'] | undefined;
	words: 'week before' | 'same week of last year';
	/** Monday */
	week: string;
};

/** What a week's numbers stand beside. */
export function besideOf({
	week,
	series,
	lastYear
}: Pick<Week, 'week' | 'series' | 'lastYear'>): Beside {
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

/** How many there were beside; nothing where there were none. */
function compared(
	n: number,
	before: number,
	isComplete: boolean,
	{ words, week }: Beside
): Said<Quoted> {
	if (before === 0) return [];
	const behind = (words: string): Quoted => ({ words, id: 'handoffs', place: { week } });
	if (!isComplete) return [` (${words}: `, behind(formatNumber(before)), ')'];
	const that = `the ${words}`;
	const at = words === 'week before' ? '' : 'in ';
	if (n === before) return [`, as many as ${at}`, behind(that)];
	const more = `${formatNumber(Math.abs(n - before))} ${n > before ? 'more' : 'fewer'}`;
	return [`, ${more} than ${at}`, behind(that)];
}

function quoted(
	id: MetricId,
	now: Estimate,
	before: Estimate | undefined,
	{ words, week }: Beside
): Said<Quoted> | null {
	const reading = read(id, now);
	if (reading.state !== 'value') return null;
	const scale = outOf[metrics[id].unit];
	const interval = reading.interval === null ? '' : `95 % interval ${reading.interval}, `;
	const earlier = read(id, before);
	const then: Said<Quoted> =
		earlier.state === 'value' && before
			? [`, ${words} `, { words: earlier.value, id, place: { week } }]
			: [];
	return [
		{ words: reading.value, id },
		`${scale ? ` ${scale}` : ''} (${interval}n = ${formatNumber(reading.n)})`,
		...then
	];
}

/** Keeps a number with its sign and its unit on one line. */
function unbroken(sentence: string): string {
	return sentence.replace(/(?<=\d) (?=%|s\b|min\b)|(?<=n) (?==)|(?<==) /g, '\u00a0');
}
