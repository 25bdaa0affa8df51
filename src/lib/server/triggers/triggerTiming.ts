/** How near handoffs come to the turns that somebody labelled as right. */
import { gtt } from '../../analysis/gtt.ts';
import { meanInterval, type MeanSummary } from '../../analysis/meanInterval.ts';
import { welch } from '../../analysis/welch.ts';
import { datesOf, type Dates } from '../../address.ts';
import type { Change } from '../../change.ts';
import type { Scope } from '../../scope.ts';
import type { Estimate } from '../../estimate.ts';
import { turnEnds, type RuleKey, type Timing, type TimingGroup } from '../../triggers.ts';
import { lackedByConversations, type Filter } from '../scope/filter.ts';
import { filterOf, type Chosen } from '../scope/scope.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { estimateShare } from '../measure/share.ts';
import { latenessRow, turnRow, type LatenessRow, type TurnRow } from './triggerRows.ts';

/** Fewer labelled conversations or handoffs are too few to say how they changed. */
const fewest = 10;

/** Null where no conversation of the filter is labelled throughout. */
export async function readTiming(scope: Scope, chosen: Chosen): Promise<Timing | null> {
	const { compared } = scope;
	const [now, before] = await Promise.all([
		readTurns(filterOf(scope, chosen)),
		compared.lacks === null ? readTurns(filterOf(compared, chosen)) : null
	]);
	const timing = timingOf(now.rows, now.handoffs);
	return timing && { ...timing, change: before && changeOf(now, before, datesOf(compared)) };
}

/** Labelled conversations by their turns, and how late their handoffs came. */
type Turns = { rows: TurnRow[]; handoffs: LatenessRow[] };

async function readTurns(filter: Filter): Promise<Turns> {
	const parameters = await metricParameters(filter, []);
	const [rows, handoffs] = await Promise.all([
		query('triggers/turns', turnRow, parameters),
		query('triggers/lateness', latenessRow, parameters)
	]);
	// Conversations without a handoff know nothing of such a filter.
	const isFiltered = lackedByConversations(filter) !== undefined;
	return { rows: isFiltered ? rows.filter((row) => row.is_handed_over) : rows, handoffs };
}

const scoresOf = (rows: TurnRow[]) =>
	rows.map((row) => ({ value: gtt(row.handoff_turns, row.right_turns), n: row.conversations }));
const latesOf = (handoffs: LatenessRow[]) =>
	handoffs.map(({ turns, handoffs }) => ({ value: turns, n: handoffs }));

/** What became of both means, with Welch's interval; none where either period has too few. */
function changeOf(now: Turns, before: Turns, dates: Dates): NonNullable<Timing['change']> {
	const between = (a: Valued[], b: Valued[]): Change => {
		const [first, second] = [summaryOf(a), summaryOf(b)];
		const found = Math.min(first.n, second.n) < fewest ? null : welch(first, second);
		return {
			before: meanOf(b),
			difference: found?.difference ?? null,
			low: found?.low ?? null,
			high: found?.high ?? null,
			dates
		};
	};
	return {
		score: between(scoresOf(now.rows), scoresOf(before.rows)),
		late:
			now.handoffs.length > 0
				? between(latesOf(now.handoffs), latesOf(before.handoffs))
				: null
	};
}

/** What the labels say, without regard to another period. */
export function timingOf(rows: TurnRow[], handoffs: LatenessRow[]): Timing | null {
	if (rows.length === 0) return null;
	const keys = new Map<string, RuleKey | null>();
	const nameOf = (row: TurnRow) =>
		row.is_handed_over ? JSON.stringify([row.route, row.trigger]) : '';
	for (const row of rows)
		keys.set(
			nameOf(row),
			row.is_handed_over ? { route: row.route, trigger: row.trigger } : null
		);
	const groups = [...keys].map(([name, key]) =>
		groupOf(
			key,
			rows.filter((row) => nameOf(row) === name),
			handoffs.filter(({ route, trigger }) => JSON.stringify([route, trigger]) === name)
		)
	);
	return {
		all: groupOf(null, rows, handoffs),
		groups: groups.sort(
			(a, b) =>
				Number(a.key === null) - Number(b.key === null) ||
				(a.score.high ?? 2) - (b.score.high ?? 2)
		),
		change: null,
		lateness: latenessOf(handoffs),
		scores: [1, 2, 3].flatMap((tolerance) =>
			[-0.5, 0, 0.5].map((lateness) => ({
				tolerance,
				lateness,
				score:
					meanOf(
						rows.map((row) => ({
							value: gtt(row.handoff_turns, row.right_turns, { tolerance, lateness }),
							n: row.conversations
						}))
					).value ?? 0
			}))
		)
	};
}

function groupOf(key: RuleKey | null, rows: TurnRow[], handoffs: LatenessRow[]): TimingGroup {
	const conversations = count(rows);
	const distances = latesOf(handoffs);
	const wrong = rows.filter(
		(row) => (row.handoff_turns.length === 0) !== (row.right_turns.length === 0)
	);
	return {
		key,
		conversations,
		score: within01(meanOf(scoresOf(rows))),
		late: distances.length > 0 ? meanOf(distances) : null,
		wrong: estimateShare(count(wrong), conversations)
	};
}

function latenessOf(rows: LatenessRow[]): Timing['lateness'] {
	const counted = new Map<string, Timing['lateness'][number]>();
	for (const row of rows) {
		const turns = Math.min(turnEnds.late, Math.max(turnEnds.early, row.turns));
		const name = `${turns} ${row.route}`;
		const known = counted.get(name) ?? { turns, route: row.route, handoffs: 0 };
		known.handoffs += row.handoffs;
		counted.set(name, known);
	}
	return [...counted.values()].sort((a, b) => a.turns - b.turns);
}

/** No score lies outside 0 to 1, whatever its interval says. */
const within01 = (estimate: Estimate): Estimate => ({
	...estimate,
	low: estimate.low === null ? null : Math.max(0, estimate.low),
	high: estimate.high === null ? null : Math.min(1, estimate.high)
});

type Valued = { value: number; n: number };

/** Mean and spread of counted values; 0 without any. */
function summaryOf(values: Valued[]): MeanSummary {
	const n = values.reduce((sum, one) => sum + one.n, 0);
	if (n === 0) return { n, mean: 0, sd: 0 };
	const mean = values.reduce((sum, one) => sum + one.n * one.value, 0) / n;
	const squares = values.reduce((sum, one) => sum + one.n * (one.value - mean) ** 2, 0);
	return { n, mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : 0 };
}

/** A mean of counted values with Student's interval. */
function meanOf(values: Valued[]): Estimate {
	const { n, mean, sd } = summaryOf(values);
	if (n === 0) return { value: null, n, low: null, high: null, coverage: null };
	const interval = sd > 0 ? meanInterval({ n, mean, sd }) : null;
	return {
		value: mean,
		n,
		low: interval?.low ?? null,
		high: interval?.high ?? null,
		coverage: 1
	};
}

const count = (rows: TurnRow[]) => rows.reduce((sum, row) => sum + row.conversations, 0);
