/** Everything the page Waits shows. */
import { z } from 'zod';
import { wholeWeeks, type Scope } from '../../scope.ts';
import {
	groupings,
	leadMetrics,
	quantiles,
	waitMetrics,
	type Choices,
	type WaitHour,
	type WaitsPage,
	type WaitWeek
} from '../../waits.ts';
import type { Log } from '../../week.ts';
import { readChanges } from '../measure/changes.ts';
import { readCharted } from '../measure/charted.ts';
import { withSnapshot } from '../store/engine.ts';
import type { Filter } from '../scope/filter.ts';
import { readExtent, readHealth } from '../store/log.ts';
import { emptyEstimate, measure, metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { behind } from '../store/recorder.ts';
import { AddressReader } from '../http/addressReader.ts';
import { filterOf, readScope, type Choice, type Chosen, withNotes } from '../scope/scope.ts';
import { readAbandonment } from './waitAbandonment.ts';
import { readDoses } from './waitDoses.ts';
import { readLonger } from './waitLonger.ts';
import { readResolution } from './waitResolution.ts';

/** How many weeks the page looks at where its address names none. */
const weeksLong = 26;

/** What an address asks of waits besides the period. */
export type WaitChoice = Choice & { choices: Choices };

/** Reads what the page is split by; what it does not understand it leaves out. */
export function readWaitChoice(choice: Choice, parameters: URLSearchParams): WaitChoice {
	const reader = new AddressReader(parameters);
	const choices = {
		by: reader.oneOf('by', groupings) ?? groupings[0],
		hours: reader.oneOf('hours', quantiles) ?? quantiles[0]
	};
	return { ...withNotes(choice, reader.notes), choices };
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
	const [counted, overTime, hours, longer, abandonment, doses, resolution, { fields }] =
		await Promise.all([
			measure(filter, ['handoffs']),
			readOverTime(scope, chosen),
			behind('hours', () => readHours(filter)),
			behind('longer', () => readLonger(filter, choices.by)),
			behind('abandonment', () => readAbandonment(filter)),
			behind('doses', () => readDoses(filter)),
			readResolution(filter),
			readExtent().then(readHealth)
		]);
	return {
		...scope,
		choices,
		handoffs: counted[0]?.values.handoffs.n ?? 0,
		...overTime,
		hours,
		longer,
		abandonment,
		...doses,
		resolution,
		fields
	};
}

/** The leading numbers, and the waits by week from the same control charts. */
async function readOverTime(
	scope: Scope,
	chosen: Chosen
): Promise<Pick<WaitsPage, 'numbers' | 'series'>> {
	const [charted] = await behind('weeks', () =>
		readCharted({ ...chosen, to: wholeWeeks(scope).to }, leadMetrics)
	);
	const charts = charted?.charts ?? null;
	const weeks = charts?.wait_before_p50.weeks ?? [];
	return {
		numbers: await readChanges(scope, chosen, leadMetrics, { charts }),
		series: weeks.map(({ week }, at) => ({
			week,
			values: Object.fromEntries(
				waitMetrics.map((id) => [id, charts?.[id].weeks[at]?.estimate ?? emptyEstimate(id)])
			) as WaitWeek['values']
		}))
	};
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
