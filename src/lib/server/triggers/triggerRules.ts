/** Triggers held against the other triggers of their route, at the same topic mix where possible. */
import { benjaminiHochberg } from '../../analysis/benjaminiHochberg.ts';
import { mantelHaenszel } from '../../analysis/mantelHaenszel.ts';
import { meanInterval, type MeanSummary } from '../../analysis/meanInterval.ts';
import type { Tally } from '../../analysis/newcombe.ts';
import { shrinkDifferences } from '../../analysis/shrunkenDifference.ts';
import { standardisedMeanDifference } from '../../analysis/standardisedMean.ts';
import { twoProportions } from '../../analysis/twoProportions.ts';
import type { Estimate } from '../../estimate.ts';
import { metrics } from '../../metrics.ts';
import {
	comparedMetrics,
	type Against,
	type ComparedMetric,
	type Pace,
	type Rule,
	type RuleKey,
	type Tuning,
	type Weakness
} from '../../triggers.ts';
import type { WithinRow } from './triggerRows.ts';

/** A topic with fewer on either side tells too little of the spread of its times. */
const leastOfTopic = 5;
/** Fewer than these on either side in all: nothing is compared. */
const leastOfTrigger = 30;

const columns = {
	late_rate: ['late_hits', 'late_n'],
	resolution_rate: ['resolution_hits', 'resolution_n'],
	abandonment_rate: ['abandonment_hits', 'outcome_n'],
	not_connected_rate: ['not_connected_hits', 'outcome_n'],
	handback_rate: ['handback_hits', 'outcome_n'],
	csat_top2: ['csat_hits', 'csat_n'],
	repeat_rate: ['repeat_hits', 'repeat_n'],
	avoidable_share: ['avoidable_hits', 'avoidable_n'],
	misrouted_rate: ['misrouted_hits', 'misrouted_n']
} as const satisfies Record<ComparedMetric, readonly [keyof WithinRow, keyof WithinRow]>;

const tallyOf = (rows: WithinRow[], metric: ComparedMetric): Tally => {
	const [hits, n] = columns[metric];
	return { hits: sum(rows, (row) => row[hits]), n: sum(rows, (row) => row[n]) };
};

export type Compared = RuleKey & {
	against: Partial<Record<ComparedMetric, Against>>;
	pace: Pace | null;
	attempts: Estimate;
};

/**
 * Every trigger against the other triggers of its route: shares within topics (Mantel and Haenszel),
 * as they are where no topic has both; times with the AI as a ratio of geometric means. All
 * triggers and measures are judged together (Benjamini–Hochberg at 5 %).
 */
export function compareRules(rows: WithinRow[]): { rules: Compared[]; tested: number } {
	const keys = distinct(rows);
	const found = keys.map((key) => {
		const isOwn = (row: WithinRow) => row.trigger === key.trigger;
		const route = rows.filter((row) => row.route === key.route && row.trigger !== null);
		const [own, others] = [route.filter(isOwn), route.filter((row) => !isOwn(row))];
		const isNamed = key.trigger !== null && key.route !== null;
		return {
			...key,
			attempts: attemptsOf(rows.filter((row) => row.route === key.route && isOwn(row))),
			shares: comparedMetrics.flatMap((metric) => {
				const against = isNamed ? compareShares(own, others, metric) : null;
				return against ? [{ metric, against }] : [];
			}),
			pace: isNamed ? comparePace(own, others) : null
		};
	});
	const ps = found.flatMap(({ shares, pace }) => [
		...shares.map(({ against }) => against.p),
		...(pace ? [pace.p] : [])
	]);
	const verdicts = benjaminiHochberg(ps).rejected.values();
	const differs = () => verdicts.next().value ?? false;
	return {
		tested: ps.length,
		rules: found.map(({ shares, pace, ...rule }) => ({
			...rule,
			against: Object.fromEntries(
				shares.map(({ metric, against }) => [metric, { ...against, differs: differs() }])
			),
			pace: pace && { ...pace, differs: differs() }
		}))
	};
}

function compareShares(
	own: WithinRow[],
	others: WithinRow[],
	metric: ComparedMetric
): Omit<Against, 'differs'> | null {
	const [a, b] = [tallyOf(own, metric), tallyOf(others, metric)];
	if (a.n < metrics[metric].floor || b.n < leastOfTrigger) return null;
	const strata = topicsOf(own).map((topic) => {
		const of = (rows: WithinRow[]) =>
			tallyOf(
				rows.filter((row) => row.topic === topic),
				metric
			);
		return { a: of(own), b: of(others) };
	});
	const within = mantelHaenszel(strata);
	// At least half of the trigger's handoffs have a counterpart on their own topic.
	if (within?.isTestable && within.a >= a.n / 2) {
		const { difference: value, low, high, p } = within;
		return { value, low, high, p, basis: 'topics' };
	}
	const plain = twoProportions(a, b);
	if (!plain) return null;
	const { difference: value, low, high, p } = plain;
	return { value, low, high, p, basis: 'plain' };
}

const logTimes = (rows: WithinRow[]): MeanSummary => {
	const n = sum(rows, ({ before_n }) => before_n);
	const mean = sum(rows, ({ before_n, before_mean }) => before_n * (before_mean ?? 0)) / n;
	const squares = sum(
		rows,
		({ before_n, before_mean, before_sd }) =>
			(before_n - 1) * (before_sd ?? 0) ** 2 + before_n * ((before_mean ?? 0) - mean) ** 2
	);
	return { n, mean, sd: n > 1 ? Math.sqrt(Math.max(0, squares) / (n - 1)) : 0 };
};

/** Times with the AI as a multiple of the others', every topic by the trigger's own handoffs. */
function comparePace(own: WithinRow[], others: WithinRow[]): Omit<Pace, 'differs'> | null {
	const strata = topicsOf(own).flatMap((topic) => {
		const of = (rows: WithinRow[]) =>
			logTimes(rows.filter((row) => row.topic === topic && row.before_n > 0));
		const [a, b] = [of(own), of(others)];
		return a.n >= leastOfTopic && b.n >= leastOfTopic ? [{ a, b, weight: a.n }] : [];
	});
	const compared = (side: 'a' | 'b') => sum(strata, (one) => one[side].n);
	if (compared('a') < leastOfTrigger || compared('b') < leastOfTrigger) return null;
	const found = standardisedMeanDifference(strata);
	return (
		found && {
			value: Math.exp(found.difference),
			low: Math.exp(found.low),
			high: Math.exp(found.high),
			p: found.p
		}
	);
}

function attemptsOf(rows: WithinRow[]): Estimate {
	const n = sum(rows, (row) => row.attempts_n);
	const handoffs = sum(rows, (row) => row.handoffs);
	if (n === 0) return { value: null, n, low: null, high: null, coverage: 0 };
	const mean = sum(rows, (row) => row.attempts_sum) / n;
	const squares = sum(rows, (row) => row.attempts_squares) - n * mean * mean;
	const sd = n > 1 ? Math.sqrt(Math.max(0, squares) / (n - 1)) : 0;
	const interval = sd > 0 ? meanInterval({ n, mean, sd }) : null;
	return {
		value: mean,
		n,
		low: interval?.low ?? null,
		high: interval?.high ?? null,
		coverage: n / handoffs
	};
}

/** One-sided 5 %. */
const z05 = 1.6449;
/** A weakness worth a sentence, in shares. */
const leastWeakness = 0.02;

/**
 * The triggers that stand out for the worse: in a measure with a better direction, beyond what chance
 * explains among all that were looked at, and by two points at least when drawn towards the other
 * triggers. Ordered by how many handoffs that surely touches.
 */
export function tuningsOf(rules: Rule[]): Tuning[] {
	const weaknesses = new Map<Rule, Weakness[]>();
	for (const metric of comparedMetrics) {
		const { better } = metrics[metric];
		if (better === null) continue;
		const sign = better === 'lower' ? 1 : -1;
		for (const route of ['failure', 'topic']) {
			const own = rules.flatMap((rule) => {
				const against = rule.against[metric];
				if (rule.route !== route || !against || against.value === null) return [];
				const se = ((against.high ?? 0) - (against.low ?? 0)) / (2 * 1.959964);
				return se > 0 ? [{ rule, against, value: sign * against.value, se }] : [];
			});
			const believed = shrinkDifferences(own);
			for (const [at, { rule, against }] of own.entries()) {
				const { mean = 0, sd = 0 } = believed[at] ?? {};
				const surely = mean - z05 * sd;
				if (!against.differs || surely < leastWeakness) continue;
				const affected = surely * rule.handoffs;
				weaknesses.set(rule, [
					...(weaknesses.get(rule) ?? []),
					{ metric, surely, affected }
				]);
			}
		}
	}
	const most = (list: Weakness[]) => list[0]?.affected ?? 0;
	return [...weaknesses]
		.map(([rule, list]) => ({
			rule,
			weaknesses: list.sort((a, b) => b.affected - a.affected)
		}))
		.sort((a, b) => most(b.weaknesses) - most(a.weaknesses));
}

function distinct(rows: WithinRow[]): RuleKey[] {
	const keys = new Map(
		rows.map(({ route, trigger }) => [JSON.stringify([route, trigger]), { route, trigger }])
	);
	return [...keys.values()];
}

const topicsOf = (rows: WithinRow[]) => [...new Set(rows.map(({ topic }) => topic))];

function sum<Row>(rows: Row[], of: (row: Row) => number): number {
	return rows.reduce((total, row) => total + of(row), 0);
}
