/** Everything the page Waits shows. */
import { z } from 'zod';
import { addDays } from '../dates.ts';
import { wholeWeeks, type Scope } from '../scope.ts';
import {
	groupings,
	leadMetrics,
	quantiles,
	waitMetrics,
	type Choices,
	type LeadNumbers,
	type WaitHour,
	type WaitsPage,
	type WaitWeek
} from '../waits.ts';
import type { Log } from '../week.ts';
import { withSnapshot } from './engine.ts';
import type { Filter } from './filter.ts';
import { readExtent, readHealth } from './log.ts';
import { measure, metricParameters } from './measure.ts';
import { query } from './query.ts';
import { filterOf, readScope, type Choice } from './scope.ts';
import { readAbandonment } from './waitAbandonment.ts';
import { readDoses } from './waitDoses.ts';
import { readLonger } from './waitLonger.ts';
import { readResolution } from './waitResolution.ts';

/** How many weeks the page looks at where its address names none. */
const weeksLong = 26;
/** How many weeks the lines show, whatever the period. */
const weeksShown = 26;

/** What an address asks of waits besides the period. */
export type WaitChoice = Choice & { choices: Choices };

/** Reads what the page is split by; what it does not understand it leaves out. */
export function readWaitChoice(choice: Choice, parameters: URLSearchParams): WaitChoice {
	const oneOf = <Value extends string>(name: string, values: readonly [Value, ...Value[]]) =>
		values.find((value) => value === parameters.get(name)) ?? values[0];
	return { ...choice, choices: { by: oneOf('by', groupings), hours: oneOf('hours', quantiles) } };
}

/** @returns null when the store holds no handoff */
export async function readWaits(choice: WaitChoice, log: Log): Promise<WaitsPage | null> {
	return withSnapshot(async () => {
		const scope = await readScope(choice, log, weeksLong);
		return scope && readWaitsOf(scope, choice);
	});
}

async function readWaitsOf(scope: Scope, { chosen, choices }: WaitChoice): Promise<WaitsPage> {
	const filter = filterOf(scope, chosen);
	const { to } = wholeWeeks(scope);
	const lines: Filter = { ...filter, from: addDays(to, -7 * weeksShown), to };
	const [counted, earlier, series, hours, longer, abandonment, doses, resolution, { fields }] =
		await Promise.all([
			measure(filter, ['handoffs', ...leadMetrics]),
			readEarlier(scope, filter),
			readSeries(lines),
			readHours(filter),
			readLonger(filter, choices.by),
			readAbandonment(filter),
			readDoses(filter),
			readResolution(filter),
			readExtent().then(readHealth)
		]);
	const [row] = counted;
	if (!row) throw new Error('measure gives a row without dimensions');
	const { handoffs, ...numbers } = row.values;
	return {
		...scope,
		choices,
		handoffs: handoffs.n,
		numbers,
		earlier,
		series,
		hours,
		longer,
		abandonment,
		...doses,
		resolution,
		fields
	};
}

/** The leading numbers of the period compared with, where there is one. */
async function readEarlier({ compared }: Scope, filter: Filter): Promise<LeadNumbers | null> {
	if (compared.lacks !== null) return null;
	const rows = await measure({ ...filter, from: compared.from, to: compared.to }, leadMetrics);
	return rows[0]?.values ?? null;
}

async function readSeries(filter: Filter): Promise<WaitWeek[]> {
	const rows = await measure(filter, waitMetrics, ['week']);
	return rows.map(({ by, values }) => ({ week: String(by.week), values }));
}

export const hourRow = z.strictObject({
	weekday: z.int(),
	hour: z.int(),
	handoffs: z.int(),
	before_n: z.int(),
	before_p50: z.number().nullable(),
	before_p90: z.number().nullable(),
	after_n: z.int(),
	after_p50: z.number().nullable(),
	after_p90: z.number().nullable()
});

/** Waits by hour of the week; hours without handoffs have no row. */
async function readHours(filter: Filter): Promise<WaitHour[]> {
	const rows = await query('waits/hours', hourRow, await metricParameters(filter, []));
	return rows.map((row) => ({
		weekday: row.weekday,
		hour: row.hour,
		handoffs: row.handoffs,
		before: { n: row.before_n, p50: row.before_p50, p90: row.before_p90 },
		after: { n: row.after_n, p50: row.after_p50, p90: row.after_p90 }
	}));
}
