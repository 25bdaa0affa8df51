/** Looks for signals: in the numbers of all handoffs, then topic by topic. */
import cumulative from '@stdlib/stats-base-dists-t-cdf';
import { benjaminiHochberg } from '../../analysis/benjaminiHochberg.ts';
import { moderate } from '../../analysis/moderatedSpread.ts';
import { rangeFreedom } from '../../analysis/signalChance.ts';
import { twoProportions } from '../../analysis/twoProportions.ts';
import { addDays } from '../../dates.ts';
import type { Cause, Finding } from '../../findings.ts';
import { metrics, type MetricId } from '../../metrics.ts';
import { splittable, type SplittableMetric } from '../../moved.ts';
import type { Charted } from '../../signal.ts';
import { moveCauses, topicCauses, waitCauses, withinTopic } from './causes.ts';
import { readCharted, type ChartOptions } from '../measure/charted.ts';
import type { Counted } from './movedSides.ts';
import type { Chosen } from '../scope/scope.ts';

/** How many findings a reader takes in on a Monday morning. */
const mostFindings = 3;

/** What is looked at in every topic. */
const topicMetrics = [
	'handoffs',
	'failure_share',
	'quality_score',
	'csat_top2',
	'repeat_rate',
	'resolution_rate',
	'late_rate',
	'cold_rate',
	'hidden_rate',
	'fought_rate',
	'misrouted_rate',
	'reask_rate'
] as const satisfies readonly SplittableMetric[];

/** A signal before its cause is known, with the weeks of its baseline that count. */
type Signal = Omit<Finding, 'causes'> & { counted: string[] };

type Asked = {
	/** Monday of the week looked at */
	week: string;
	chosen: Chosen;
	/** charts of all handoffs, by metric */
	whole: Partial<Record<MetricId, Charted>>;
	options: ChartOptions;
};

/**
 * The signals of a week with their causes, at most three: those of all handoffs first, then of single
 * topics, most surprising first. A signal of all handoffs is one by its own chart. Among topics
 * hundreds of charts are looked at; there a signal must also stand up to all of them together
 * (Benjamini–Hochberg at 5 %), by spreads that the topics lend each other. One finding a topic.
 * Nothing is found in a week that is not over: its first days are not like a week.
 */
export async function readFindings({ week, chosen, whole, options }: Asked): Promise<Finding[]> {
	const all = Object.entries(whole)
		.map(([id, charted]) =>
			signalOf(id as MetricId, null, charted, lastKnown(id as MetricId, week, options))
		)
		.filter((signal) => signal !== null)
		.sort((a, b) => a.chance - b.chance);
	const byTopic = await topicSignals(week, chosen, options);
	const named = await Promise.all(
		all.slice(0, mostFindings).map((signal) => explained(signal, chosen))
	);
	const isSaid = ({ metric, topic }: Signal) =>
		named.some(
			(finding) =>
				finding.metric === metric &&
				(metric === 'handoffs' ||
					finding.causes?.some(
						({ dimension, key }) => dimension === 'topic' && key === topic?.key
					))
		);
	const others = byTopic
		.filter((signal) => !isSaid(signal))
		.filter(
			({ topic }, index, rest) =>
				rest.findIndex((one) => one.topic?.key === topic?.key) === index
		)
		.slice(0, mostFindings - named.length);
	const topics = await Promise.all(others.map((signal) => explained(signal, chosen)));
	return [...named, ...topics];
}

/**
 * The week that a metric is known of: of repeat contacts the last one up to the week looked at that
 * was followed for the whole window, else that week itself; null while it is not over.
 */
function lastKnown(
	metric: MetricId,
	week: string,
	{ openFrom, whole }: ChartOptions
): string | null {
	if (metric === 'repeat_rate' && openFrom !== undefined && week >= openFrom)
		return addDays(openFrom, -7);
	return whole !== undefined && week > whole.last ? null : week;
}

function signalOf(
	metric: MetricId,
	topic: Finding['topic'],
	{ weeks, baseline, last }: Charted,
	week: string | null
): Signal | null {
	if (week === null) return null;
	const now = weeks.find((one) => one.week === week);
	if (!now || !baseline || last?.verdict !== 'signal' || last.week !== week) return null;
	return {
		metric,
		topic,
		week,
		usual: baseline.centre,
		now: now.estimate,
		baseline: { first: baseline.first, last: baseline.last },
		counted: baseline.counted,
		chance: last.chance
	};
}

/** Signals of single topics that stand up to all that were looked at, most surprising first. */
async function topicSignals(
	week: string,
	chosen: Chosen,
	options: ChartOptions
): Promise<Signal[]> {
	const rows = await readCharted(
		{ ...chosen, to: addDays(week, 7) },
		topicMetrics,
		'topic',
		options
	);
	if (rows.length < 2) return [];
	const looked = topicMetrics.flatMap((metric) => {
		const at = lastKnown(metric, week, options);
		if (at === null) return [];
		const charts = rows.flatMap(({ key, charts }) => {
			const { last } = charts[metric];
			return last?.week === at ? [{ key, charted: charts[metric], last }] : [];
		});
		const spreads = moderate(
			charts.map(({ last: { spread, size } }) => ({
				sigma: spread,
				freedom: rangeFreedom(size)
			}))
		);
		return charts.map(({ key, charted, last: { distance, spread, size } }, index) => {
			const { sigma = spread, freedom = rangeFreedom(size) } = spreads[index] ?? {};
			const t = (distance * spread) / sigma / Math.sqrt(1 + 1 / size);
			const chance = 2 * cumulative(-Math.abs(t), Math.min(freedom, 1e6));
			const signal = signalOf(metric, { key }, charted, at);
			return { signal, chance: Math.max(chance, exactChance(metric, charted, at)) };
		});
	});
	const { rejected } = benjaminiHochberg(looked.map(({ chance }) => chance));
	return looked
		.flatMap(({ signal, chance }, index) =>
			signal && rejected[index] ? [{ ...signal, chance }] : []
		)
		.sort((a, b) => a.chance - b.chance);
}

/**
 * Chance of a share by counting against the baseline: rare events are not spread like a normal value,
 * and a few of them in a week are less surprising than their σ says. 0 for what is no share.
 */
function exactChance(metric: MetricId, { weeks, baseline }: Charted, at: string): number {
	const now = weeks.find(({ week }) => week === at)?.estimate;
	if (metrics[metric].unit !== 'share' || !baseline || !now) return 0;
	const tally = (value: number, n: number) => ({ hits: Math.round(value * n), n });
	const compared = twoProportions(
		tally(now.value ?? 0, now.n),
		tally(baseline.centre, baseline.n)
	);
	return compared?.p ?? 1;
}

async function explained(signal: Signal, chosen: Chosen): Promise<Finding> {
	const causes = await causesOf(signal, chosen);
	const { metric, topic, week, usual, now, baseline, chance } = signal;
	return { metric, topic, week, usual, now, baseline, chance, causes };
}

async function causesOf(signal: Signal, chosen: Chosen): Promise<Cause[] | null> {
	const { metric, topic, usual } = signal;
	const periods = periodsOf(signal);
	if (topic === null) {
		if (metric === 'wait_before_p50') return waitCauses('before', usual, chosen, periods);
		if (metric === 'wait_after_p50') return waitCauses('after', usual, chosen, periods);
		return isSplittable(metric) ? topicCauses(metric, chosen, periods) : null;
	}
	if (metric === 'misrouted_rate') {
		const moves = await moveCauses(chosen, periods, topic.key);
		if (moves.length > 0) return moves;
	}
	return isSplittable(metric)
		? withinTopic(
				metric,
				chosen,
				periods,
				topic.key,
				metric === 'handoffs'
					? ['subtopic', 'trigger', 'channel']
					: ['trigger', 'subtopic', 'queue', 'channel', 'ai_version']
			)
		: null;
}

const isSplittable = (metric: MetricId): metric is SplittableMetric =>
	splittable.some((one) => one === metric);

/** The baseline and the week that a signal sets against each other. */
function periodsOf({ week, baseline: { first, last }, counted }: Signal): [Counted, Counted] {
	return [
		{ from: first, to: addDays(last, 7), weeks: counted.length, counted },
		{ from: week, to: addDays(week, 7), weeks: 1 }
	];
}
