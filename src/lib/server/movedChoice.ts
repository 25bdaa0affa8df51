/** Chooses what the week page splits into topics, and what the week is set against. */
import { addDays, daysBetween } from '../dates.ts';
import type { Finding } from '../findings.ts';
import type { MetricId } from '../metrics.ts';
import { splittable, type MovedChoice, type Period, type SplittableMetric } from '../moved.ts';
import { yearDays, type Comparison } from '../scope.ts';
import type { Charted } from '../signal.ts';
import { readCharted, type ChartOptions } from './charted.ts';
import { split } from './moved.ts';
import type { Chosen } from './scope.ts';
import { measure } from './measure.ts';

type Asked = {
	week: string;
	choice: { chosen: Chosen; moved: SplittableMetric | null; against: Comparison | null };
	charts: Partial<Record<MetricId, Charted>> | null;
	findings: Finding[];
	options: ChartOptions;
};

/**
 * The metric asked for, else that of the first finding, else the one furthest from what is usual,
 * against what is asked for, else the usual weeks, else the week before. A metric that takes time to
 * know is split in the last week it is known of.
 */
export async function readMoved({
	week: shown,
	choice,
	charts,
	findings,
	options
}: Asked): Promise<MovedChoice> {
	const metric = choice.moved ?? isSplittable(findings[0]?.metric) ?? furthest(charts);
	const { openFrom } = options;
	const week =
		metric === 'repeat_rate' && openFrom !== undefined && shown >= openFrom
			? addDays(openFrom, -7)
			: shown;
	const to = addDays(week, 7);
	const charted =
		charts?.[metric] ??
		(await readCharted({ ...choice.chosen, to }, [metric], undefined, options))[0]?.charts[
			metric
		];
	const baseline = charted?.baseline;
	const periods: Partial<Record<Comparison, Period>> = {
		...(baseline && baseline.last < week && { usual: periodOf(baseline.first, baseline.last) }),
		before: periodOf(addDays(week, -7), addDays(week, -7)),
		year: periodOf(addDays(week, -yearDays), addDays(week, -yearDays))
	};
	const possible = (
		await Promise.all(
			(['usual', 'before', 'year'] as const).map(async (comparison) =>
				periods[comparison] && (await hasRows(metric, choice.chosen, periods[comparison]))
					? comparison
					: null
			)
		)
	).filter((comparison) => comparison !== null);
	const against =
		possible.find((comparison) => comparison === choice.against) ?? possible[0] ?? null;
	const before = against && periods[against];
	const found = before && (await split(metric, choice.chosen, [before, periodOf(week, week)]));
	return { metric, against, possible, moved: found && against ? { ...found, against } : null };
}

/** From one Monday to the end of the week of another. */
const periodOf = (first: string, last: string): Period => ({
	from: first,
	to: addDays(last, 7),
	weeks: daysBetween(first, last) / 7 + 1
});

const isSplittable = (metric: MetricId | undefined) => splittable.find((one) => one === metric);

/** Of the numbers on the page, the one whose last week lies furthest from what is usual. */
function furthest(charts: Asked['charts']): SplittableMetric {
	const known = splittable
		.map((metric) => ({ metric, last: charts?.[metric]?.last }))
		.filter(({ last }) => last)
		.sort((a, b) => Math.abs(b.last?.distance ?? 0) - Math.abs(a.last?.distance ?? 0));
	return known[0]?.metric ?? 'handoffs';
}

async function hasRows(
	metric: SplittableMetric,
	chosen: Chosen,
	{ from, to }: Period
): Promise<boolean> {
	const [row] = await measure({ ...chosen, from, to }, [metric]);
	return (row?.values[metric].n ?? 0) > 0;
}
