/** The six numbers of the week, in words and in digits, with the chart of each. */
import type { Chart } from '../../charts/chart.ts';
import { colour } from '../../charts/chart.ts';
import { trend, type TrendLine } from '../../charts/trend.ts';
import { weekDays } from '../../charts/weeks.ts';
import { addDays } from '../../dates.ts';
import type { Estimate } from '../../estimate.ts';
import { formatDate, formatInterval, formatNumber, formatValue, outOf } from '../../format.ts';
import { leadCsat } from '../../headline.ts';
import { metrics } from '../../metrics.ts';
import { listed, missingFields, read, type Reading } from '../../reading.ts';
import type { ChartedWeek } from '../../signal.ts';
import { verdictWords } from '../../signal.ts';
import type { Path, Week, WeekMetric } from '../../week.ts';
import { weekChangeWords, type WeekChange } from '../../weekChange.ts';

/** A metric in a week, with its change and the limits it is judged by. */
export type Measured = {
	metric: WeekMetric;
	label: string;
	/** Monday of the week it is about: an earlier one where the week shown is not known yet */
	week: string;
	estimate: Estimate | null;
	charted: ChartedWeek | null;
	now: string;
	/** "95 % interval 66.9–69.9, n = 439" */
	sure: string | null;
	interval: string | null;
	n: string | null;
	/** what became of it, where it can be compared */
	change: WeekChange | null;
	/** "+0.6 (−0.9 to +2.1) against 67.9 usually" */
	changed: string | null;
	limits: string | null;
	verdict: string | null;
};

/** One of the six. */
export type ReportNumber = {
	name: string;
	/** the number itself, or why there is none */
	lead: string;
	/** one metric, or the two that make a pair */
	measured: Measured[];
	/** what stands beside it, in sentences */
	beside: string[];
	/** null where no week has a value to draw */
	chart: Chart | null;
};

/** The six numbers of a week that has handoffs. */
export function sixNumbers(page: Week): ReportNumber[] {
	return [
		quality(page),
		satisfaction(page),
		repeats(page),
		waits(page),
		failures(page),
		volume(page)
	];
}

function quality(page: Week): ReportNumber {
	return single(page, 'quality_score', 'Quality score');
}

function satisfaction(page: Week): ReportNumber {
	const id = leadCsat(valuesOf(page, page.week)?.csat_top2);
	const number = single(
		page,
		id,
		id === 'csat_top2' ? 'Satisfied after handoff' : 'CSAT after handoff'
	);
	if (missingFields('csat_top2', page.health.fields).length > 0) return number;
	const besides = (['ai_only', 'human_only'] as const).map((path) => {
		const estimate = page.csat.find((row) => row.path === path && row.topic === null)?.[id];
		return `${pathWords[path]} ${short(read(id, estimate))}`;
	});
	return { ...number, beside: [`${besides.join('; ')}.`] };
}

const pathWords: Record<Exclude<Path, 'handed_off'>, string> = {
	ai_only: 'AI only',
	human_only: 'Person only'
};

/** Of the last week that has been followed for the whole window, where the one shown has not. */
function repeats(page: Week): ReportNumber {
	const { week, repeats: window, health } = page;
	const name = `Repeat contacts within ${window.days} days`;
	const open = firstOpenWeek(page);
	if (open === undefined || week < open) return single(page, 'repeat_rate', name);
	const known = page.series.findLast(
		(row) => row.week < open && row.values.repeat_rate.value !== null
	);
	const shown = known ? `${name}, ${weekDays(known.week)}` : name;
	const number = single(page, 'repeat_rate', shown, known?.week ?? week, open);
	if (missingFields('repeat_rate', health.fields).length > 0) return number;
	const until = formatDate(addDays(week, 6 + window.days));
	return {
		...number,
		beside: [
			`${weekDays(week)} is not known yet: its last handoffs are watched until ${until}.`
		]
	};
}

function waits(page: Week): ReportNumber {
	const measured = [
		measuredOf(page, 'wait_before_p50', 'Wait before, median'),
		measuredOf(page, 'wait_after_p50', 'Wait after, median')
	];
	const values = valuesOf(page, page.week);
	const slow = (['wait_before_p90', 'wait_after_p90'] as const)
		.map((id) => read(id, values?.[id]))
		.flatMap((reading) => (reading.state === 'value' ? [reading.value] : []));
	return {
		name: 'Wait before → after',
		lead: [...new Set(measured.map(({ now }) => now))].join(' → '),
		measured,
		beside: slow.length === 2 ? [`Nine of ten waited no longer than ${slow.join(' → ')}.`] : [],
		chart: chartOf(page, 'wait_after_p50', 'Median wait', [
			lineOf(page, 'wait_before_p50', 'before', colour.ai),
			lineOf(page, 'wait_after_p50', 'after', colour.person)
		])
	};
}

function failures(page: Week): ReportNumber {
	return single(page, 'failure_share', 'Failure handoffs');
}

function volume(page: Week): ReportNumber {
	const rate = valuesOf(page, page.week)?.handoff_rate;
	const said =
		rate && rate.value !== null
			? `${formatValue(rate.value, 'share')} of ${formatNumber(rate.n)} conversations that could be handed over.`
			: missingFields('handoff_rate', page.health.fields).length > 0
				? 'Handoff rate: the log has no conversations.'
				: 'Handoff rate: not known for this choice of handoffs.';
	return { ...single(page, 'handoffs', 'Handoffs'), beside: [said] };
}

/** A number of one metric. */
function single(
	page: Week,
	id: WeekMetric,
	name: string,
	week: string = page.week,
	open?: string
): ReportNumber {
	const one = measuredOf(page, id, name, week);
	const line = lineOf(
		page,
		id,
		metrics[id].label,
		id === 'failure_share' ? colour.failure : undefined
	);
	return {
		name,
		lead: one.now,
		measured: [one],
		beside: [],
		chart: chartOf(page, id, metrics[id].label, [line], open)
	};
}

function measuredOf(page: Week, id: WeekMetric, label: string, week: string = page.week): Measured {
	const { unit, population } = metrics[id];
	const estimate = valuesOf(page, week)?.[id] ?? null;
	const charted = page.charts?.[id].weeks.find((one) => one.week === week) ?? null;
	const reading = read(id, estimate ?? undefined, page.health.fields);
	const change = page.changes[id] ?? null;
	const isValue = reading.state === 'value';
	const isCount = unit === 'count';
	const coverage = estimate?.coverage ?? 1;
	const n = isValue && !isCount ? formatNumber(reading.n) : null;
	const interval = isValue ? reading.interval : null;
	const sure = [
		interval === null ? null : `95 % interval ${interval}`,
		n === null ? null : `n = ${n}`,
		n === null || coverage >= 0.9 ? null : `${formatValue(coverage, 'share')} of ${population}`
	].filter((part) => part !== null);
	return {
		metric: id,
		label,
		week,
		estimate,
		charted,
		now: leadWords(reading, outOf[unit]),
		sure: sure.length > 0 ? sure.join(', ') : null,
		interval,
		n,
		change,
		changed: isValue && change ? weekChangeWords(id, change) : null,
		limits: charted ? formatInterval(charted.low, charted.high, unit) : null,
		verdict: charted?.verdict ? verdictWords[charted.verdict] : null
	};
}

/** "68.4 of 100", "too few (n = 4)", "not in the log (no csat)". */
function leadWords(reading: Reading, scale: string | undefined): string {
	switch (reading.state) {
		case 'value':
			return scale ? `${reading.value} ${scale}` : reading.value;
		case 'few':
			return `too few (n = ${formatNumber(reading.n)})`;
		case 'missing':
			return `not in the log (no ${listed(reading.fields)})`;
	}
}

/** "3.9 (n = 120)". */
function short(reading: Reading): string {
	if (reading.state !== 'value') return leadWords(reading, undefined);
	const interval = reading.interval === null ? '' : `${reading.interval}, `;
	return `${reading.value} (${interval}n = ${formatNumber(reading.n)})`;
}

const valuesOf = ({ series }: Week, week: string) =>
	series.find((row) => row.week === week)?.values;

/** The first week that has not been followed for the whole window of repeat contacts. */
function firstOpenWeek({ repeats: { known_to }, series, week }: Week): string | undefined {
	if (known_to === null) return series[0]?.week ?? week;
	return series.map((row) => row.week).find((at) => addDays(at, 6) > known_to);
}

function lineOf(page: Week, id: WeekMetric, label: string, line?: string): TrendLine {
	const weeks = page.charts?.[id].weeks ?? [];
	const points = weeks.map(({ week, estimate, ...limits }) => ({ week, estimate, limits }));
	return { label, colour: line, points };
}

/** The lines of a metric, or of a pair; null where no week has a value to draw. */
function chartOf(
	page: Week,
	id: WeekMetric,
	label: string,
	lines: TrendLine[],
	openFrom?: string
): Chart | null {
	const { unit, floor } = metrics[id];
	const isDrawn = lines.some(({ points }) =>
		points.some(({ estimate: { value, n } }) => value !== null && n >= Math.max(1, floor))
	);
	if (!isDrawn) return null;
	const first = page.weeks[0]?.week;
	return trend(lines, { label, unit, floor, week: page.week, first, openFrom });
}
