/** Life tables of those who may come back, and the curves made of them. */
import { aalenJohansen, type CompetingTable } from '../../analysis/aalenJohansen.ts';
import { naiveRepeatRates } from '../../analysis/followUp.ts';
import { kaplanMeier, type LifeTable } from '../../analysis/kaplanMeier.ts';
import type { Spread } from '../../csat.ts';
import type { Back, Choices, ReturnCurve } from '../../repeats.ts';
import type { Path } from '../../week.ts';
import type { Dimension, Filter } from '../scope/filter.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { lifeRow, type LifeRow } from './repeatRows.ts';

/** Fewer than these still watched at a day: the share back by it is not said. */
export const leastWatched = 10;

/** Rows of one life table, in the order of their times. */
export type Life = Omit<LifeRow, 'key1'>[];

/**
 * The life tables of a path by the groups of a dimension, up to so many days.
 * @returns groups of which nobody could be followed are not among them
 */
export async function readLife(
	filter: Filter,
	path: Path,
	by: Dimension | null,
	{ match, on, horizon }: Pick<Choices, 'match' | 'on'> & { horizon: number }
): Promise<Map<string | null, Life>> {
	const { values, types } = await metricParameters(filter, by ? [by] : []);
	const rows = await query('repeats/life', lifeRow, {
		values: {
			...values,
			path,
			until: match === 'same' ? 'same_topic' : 'first',
			channel: on,
			horizon_days: horizon
		},
		types: types ?? {}
	});
	const groups = new Map<string | null, Life>();
	for (const { key1, ...row } of rows) {
		const known = groups.get(key1);
		if (known) known.push(row);
		else groups.set(key1, [row]);
	}
	return groups;
}

/** One life table of several, whose groups share no contact. */
export function pooled(lives: Life[]): Life {
	if (lives.length === 1) return lives[0] ?? [];
	const times = new Map<number, Life[number]>();
	for (const row of lives.flat()) {
		const known = times.get(row.days);
		if (!known) times.set(row.days, { ...row });
		else {
			known.same_topic += row.same_topic;
			known.other_topic += row.other_topic;
			known.censored += row.censored;
		}
	}
	const rows = [...times.values()].sort((a, b) => b.days - a.days);
	let watched = 0;
	for (const row of rows) {
		watched += row.same_topic + row.other_topic + row.censored;
		row.at_risk = watched;
	}
	return rows.reverse();
}

/** A life table of returns, on whatever topic it counts. */
export const returnsOf = (life: Life): LifeTable => ({
	time: life.map(({ days }) => days),
	atRisk: life.map(({ at_risk }) => at_risk),
	events: life.map(({ same_topic, other_topic }) => same_topic + other_topic)
});

/** How many were seen to come back by a day. */
export const returnsWithin = (life: Life, day: number) =>
	life.reduce((sum, row) => sum + (row.days <= day ? row.same_topic + row.other_topic : 0), 0);

const nothing: Spread = { value: null, low: null, high: null };

/** Reads a life table at days, each once; with `split` by the topic of the first contact as well. */
export function backAt(life: Life, days: number[], split: boolean): Back[] {
	const kept = steps(life, days);
	const table = returnsOf(kept);
	const competing: CompetingTable = {
		time: table.time,
		atRisk: table.atRisk,
		same: kept.map(({ same_topic }) => same_topic),
		other: kept.map(({ other_topic }) => other_topic)
	};
	return days.map((day) => {
		const found = kaplanMeier(table, day);
		const watched = found?.atRisk ?? 0;
		if (!found || watched < leastWatched)
			return { ...nothing, day, watched, same: null, other: null };
		const causes = split ? aalenJohansen(competing, day) : null;
		const spread = ({
			rate,
			low,
			high
		}: typeof found | NonNullable<typeof causes>['same']) => ({
			value: rate,
			low,
			high
		});
		return {
			...spread(found),
			day,
			watched,
			same: causes && spread(causes.same),
			other: causes && spread(causes.other)
		};
	});
}

/** The rows that estimates at some days need: those with a return, and the first from each day on. */
function steps(life: Life, days: number[]): Life {
	const needed = new Set(days.map((day) => life.findIndex((row) => row.days >= day)));
	return life.filter(
		({ same_topic, other_topic }, row) => same_topic + other_topic > 0 || needed.has(row)
	);
}

/** Days at which a curve is drawn: quarters of the first three, halves of the first week, whole ones. */
export function drawnDays(horizon: number): number[] {
	const quarters = Array.from({ length: 4 * horizon + 1 }, (_, at) => at / 4);
	return quarters.filter((day) => day <= 3 || (day <= 7 ? day % 0.5 === 0 : day % 1 === 0));
}

/** The curve of a path. @param marks days it is read at; `days` is the window */
export function curveOf(
	path: Path,
	life: Life,
	{ match, days, marks }: Pick<Choices, 'match' | 'days'> & { marks: number[] }
): ReturnCurve {
	const split = match === 'any';
	return {
		path,
		n: life[0]?.at_risk ?? 0,
		steps: backAt(life, drawnDays(marks.at(-1) ?? 0), split),
		marks: backAt(life, marks, split),
		simple: naiveRepeatRates(returnsOf(life), days)
	};
}
