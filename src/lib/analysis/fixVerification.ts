import {
	fixEffect,
	logRatioOfRateRatios,
	type BeforeAfter,
	type FixEffect,
	type Rate
} from './fixEffect.ts';
import { preTrend, type PreTrend } from './preTrend.ts';
import { twoWayPoisson, type CountTable, type TwoWayFit } from './twoWayPoisson.ts';

/** What a verified fix needs, in the order in which it is looked at. */
export type Condition =
	| 'weeksBefore'
	| 'weeksAfter'
	| 'eventsBefore'
	| 'interval'
	| 'placebos'
	| 'strongest'
	| 'preTrend';

/** One condition: what there is, and what it takes. Null where it could not be worked out. */
export type ConditionState = {
	name: Condition;
	isMet: boolean;
	value: number | null;
	needed: number;
};

/** A topic without a fix, as if it had had one that week. */
export type Placebo = { row: number; logRatio: number };

export type FixVerification = {
	verdict: 'verified' | 'not proven yet';
	conditions: ConditionState[];
	/** The names of those not met. */
	missing: Condition[];
	/** Null without exposure or other topics on both sides. */
	effect: FixEffect | null;
	/**
	 * The regression that gives the dispersion, of the fixed topic and its controls in the order of
	 * the rows, with a coefficient of its own for the fix.
	 */
	model: TwoWayFit | null;
	/** Variance of weekly counts over their mean, at least 1. */
	dispersion: number;
	placebos: Placebo[];
	/** Chance of ranking first among topics alike: (1 + placebos as strong) / (1 + placebos). */
	placeboP: number | null;
	preTrend: PreTrend | null;
};

/** Weekly failures by topic; whole weeks only. */
export type FixWeeks = CountTable & {
	/** Row of the fixed topic. */
	fixed: number;
	/** First whole week after the fix. */
	firstAfter: number;
	/** Weeks just before it that belong to no side: 1 where the week of the fix is among the columns. */
	leftOut?: number;
	/** Rows to hold it against; all others if not said. `steadyControls` chooses them. */
	controls?: readonly number[];
};

export type FixOptions = {
	leastWeeks?: number;
	leastEvents?: number;
	leastPlacebos?: number;
	/**
	 * Events before that a placebo topic should have, as many times as counts scatter more than by
	 * chance; smaller ones only fill up to the least number.
	 */
	placeboEvents?: number;
	/** And as a share of those of the fixed topic: chance moves a far smaller one much further. */
	placeboShare?: number;
	/** The p of the trend before must be above it. */
	trendP?: number;
	level?: number;
};

/**
 * Did a fix work? Difference in differences of the fixed topic against its controls, verified only
 * where all of these hold: 4 whole weeks on each side, 30 failures before, interval of the ratio
 * below 1, stronger than the same comparison at every one of at least 5 topics without a fix (placebo
 * in space, Abadie, Diamond and Hainmueller 2010), and no trend apart from the others before it.
 * Else not proven yet; `effect.detectable` is what could have been seen. Other fixed topics should
 * not be among the rows. A topic of few failures swings widely and would outdo any fix, so placebo
 * topics have 30 failures before as well, times the dispersion, or are the largest 5 where fewer do.
 * They are chosen from all rows, controls or not: one that fell by itself shows that topics do.
 */
export function fixVerification(
	{ counts, exposure, fixed, firstAfter, leftOut = 0, controls }: FixWeeks,
	{
		leastWeeks = 4,
		leastEvents = 30,
		leastPlacebos = 5,
		placeboEvents = 30,
		placeboShare = 1 / 3,
		trendP = 0.1,
		level = 0.95
	}: FixOptions = {}
): FixVerification {
	const lastBefore = firstAfter - leftOut;
	const isUsed = (_: unknown, week: number) => week < lastBefore || week >= firstAfter;
	const table = {
		counts: counts.map((row) => row.filter(isUsed)),
		exposure: exposure.map((row) => row.filter(isUsed))
	};
	const rows = table.counts.map((row, at) =>
		row.map((events, week): Rate => ({ events, exposure: table.exposure[at]?.[week] ?? 0 }))
	);
	const own = rows[fixed] ?? [];
	const weeks = { before: Math.max(0, lastBefore), after: own.length - Math.max(0, lastBefore) };
	const sides = rows.map((row): BeforeAfter => ({
		before: sumOf(row.slice(0, weeks.before)),
		after: sumOf(row.slice(weeks.before))
	}));
	const others = [...sides.keys()].filter((row) => row !== fixed);
	const against = controls ?? others;
	const compared = [...sides.keys()].filter((row) => row === fixed || against.includes(row));
	const together = (some: readonly number[]): BeforeAfter => ({
		before: sumOf(some.flatMap((row) => sides[row]?.before ?? [])),
		after: sumOf(some.flatMap((row) => sides[row]?.after ?? []))
	});
	const topic = sides[fixed] ?? together([]);

	const model = twoWayPoisson(
		{
			counts: compared.map((row) => table.counts[row] ?? []),
			exposure: compared.map((row) => table.exposure[row] ?? [])
		},
		{ row: compared.indexOf(fixed), from: weeks.before }
	);
	const dispersion = Math.max(1, model?.dispersion ?? 1);
	const effect = fixEffect(topic, together(against), { dispersion, level });
	const placebos = placeboRows(sides, others, {
		leastPlacebos,
		placeboEvents: Math.max(placeboEvents * dispersion, placeboShare * topic.before.events)
	}).flatMap((row) => {
		const rest = together(against.filter((other) => other !== row));
		const logRatio = logRatioOfRateRatios(sides[row] ?? topic, rest);
		return logRatio === null ? [] : [{ row, logRatio }];
	});
	const strongest = Math.min(...placebos.map(({ logRatio }) => logRatio));
	const asStrong = placebos.filter(({ logRatio }) => effect && logRatio <= effect.logRatio);
	const trend = preTrend(
		own.slice(0, weeks.before),
		own
			.slice(0, weeks.before)
			.map((_, week) => sumOf(against.flatMap((row) => rows[row]?.[week] ?? [])))
	);

	const atLeast = (name: Condition, value: number, needed: number): ConditionState => ({
		name,
		isMet: value >= needed,
		value,
		needed
	});
	const conditions: ConditionState[] = [
		atLeast('weeksBefore', weeks.before, leastWeeks),
		atLeast('weeksAfter', weeks.after, leastWeeks),
		atLeast('eventsBefore', topic.before.events, leastEvents),
		{
			name: 'interval',
			isMet: effect !== null && effect.high < 1,
			value: effect?.high ?? null,
			needed: 1
		},
		atLeast('placebos', placebos.length, leastPlacebos),
		{
			name: 'strongest',
			isMet: effect !== null && placebos.length > 0 && asStrong.length === 0,
			value: effect?.ratio ?? null,
			needed: placebos.length > 0 ? Math.exp(strongest) : 1
		},
		{
			name: 'preTrend',
			isMet: trend !== null && trend.p > trendP,
			value: trend?.p ?? null,
			needed: trendP
		}
	];
	const missing = conditions.filter(({ isMet }) => !isMet).map(({ name }) => name);
	return {
		verdict: missing.length === 0 ? 'verified' : 'not proven yet',
		conditions,
		missing,
		effect,
		model,
		dispersion,
		placebos,
		placeboP:
			effect && placebos.length > 0 ? (1 + asStrong.length) / (1 + placebos.length) : null,
		preTrend: trend
	};
}

/** Topics with enough events before; where they are too few, the largest ones fill up. */
function placeboRows(
	sides: readonly BeforeAfter[],
	others: readonly number[],
	{ leastPlacebos, placeboEvents }: { leastPlacebos: number; placeboEvents: number }
): number[] {
	const eventsOf = (row: number) => sides[row]?.before.events ?? 0;
	const largest = others
		.filter((row) => eventsOf(row) > 0)
		.sort((a, b) => eventsOf(b) - eventsOf(a));
	return largest
		.filter((row, place) => place < leastPlacebos || eventsOf(row) >= placeboEvents)
		.sort((a, b) => a - b);
}

function sumOf(rates: readonly Rate[]): Rate {
	return rates.reduce(
		(sum, { events, exposure }) => ({
			events: sum.events + events,
			exposure: sum.exposure + exposure
		}),
		{ events: 0, exposure: 0 }
	);
}
