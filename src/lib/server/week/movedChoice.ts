/** Chooses what the week page splits into topics, and what the week is set against. */
import { addDays } from '../../dates.ts';
import type { Finding } from '../../findings.ts';
import { metrics, type MetricId } from '../../metrics.ts';
import { splittable, type MovedChoice, type SplittableMetric } from '../../moved.ts';
import { yearDays, type Comparison } from '../../scope.ts';
import type { Charted } from '../../signal.ts';
import { readCharted, type ChartOptions } from '../measure/charted.ts';
import { measure } from '../measure/measure.ts';
import { split } from './moved.ts';
import type { Counted } from './movedSides.ts';
import type { Chosen } from '../scope/scope.ts';

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
 * know is split in the last week it is known of, and a count only between weeks that are whole.
 */
export async function readMoved({
	week: shown,
	choice,
	charts,
	findings,
	options
}: Asked): Promise<MovedChoice> {
	const { openFrom, whole } = options;
	const known = (metric: MetricId) =>
		metric === 'repeat_rate' && openFrom !== undefined && shown >= openFrom
			? addDays(openFrom, -7)
			: shown;
	const isPart = (metric: MetricId, week: string) =>
		metrics[metric].unit === 'count' &&
		whole !== undefined &&
		(week < whole.first || week > whole.last);
	const metric =
		choice.moved ??
		isSplittable(findings[0]?.metric) ??
		furthest(charts, known) ??
		(isPart('handoffs', shown) ? 'failure_share' : 'handoffs');
	const week = known(metric);
	if (isPart(metric, week))
		return { metric, against: null, possible: [], isPart: true, moved: null };
	const to = addDays(week, 7);
	const charted =
		charts?.[metric] ??
		(await readCharted({ ...choice.chosen, to }, [metric], undefined, options))[0]?.charts[
			metric
		];
	const baseline = charted?.baseline;
	const periods: Partial<Record<Comparison, Counted>> = {
		...(baseline &&
			baseline.last < week && {
				usual: {
					from: baseline.first,
					to: addDays(baseline.last, 7),
					weeks: baseline.counted.length,
					counted: baseline.counted
				}
			}),
		before: weekOf(addDays(week, -7)),
		year: weekOf(addDays(week, -yearDays))
	};
	const possible = (
		await Promise.all(
			(['usual', 'before', 'year'] as const).map(async (comparison) =>
				periods[comparison] &&
				!isPart(metric, periods[comparison].from) &&
				(await hasValue(metric, choice.chosen, periods[comparison]))
					? comparison
					: null
			)
		)
	).filter((comparison) => comparison !== null);
	const against =
		possible.find((comparison) => comparison === choice.against) ?? possible[0] ?? null;
	const before = against && periods[against];
	const found = before && (await split(metric, choice.chosen, [before, weekOf(week)]));
	return {
		metric,
		against,
		possible,
		isPart: false,
		moved: found && against ? { ...found, against } : null
	};
}

const weekOf = (monday: string): Counted => ({ from: monday, to: addDays(monday, 7), weeks: 1 });

const isSplittable = (metric: MetricId | undefined) => splittable.find((one) => one === metric);

/** Of the numbers on the page, the one whose week lies furthest from what is usual. */
function furthest(
	charts: Asked['charts'],
	known: (metric: MetricId) => string
): SplittableMetric | undefined {
	const judged = splittable
		.map((metric) => ({ metric, last: charts?.[metric]?.last }))
		.filter(({ metric, last }) => last?.week === known(metric))
		.sort((a, b) => Math.abs(b.last?.distance ?? 0) - Math.abs(a.last?.distance ?? 0));
	return judged[0]?.metric;
}

async function hasValue(
	metric: SplittableMetric,
	chosen: Chosen,
	{ from, to }: Counted
): Promise<boolean> {
	const [row] = await measure({ ...chosen, from, to }, [metric]);
	const { n = 0, value = null } = row?.values[metric] ?? {};
	return n > 0 && value !== null;
}
