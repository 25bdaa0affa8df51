/** How far the log can see who comes back. */
import { newcombe } from '../../analysis/newcombe.ts';
import type { Spread } from '../../csat.ts';
import type { IdentifiedRow, Limits, PathLimits } from '../../repeats.ts';
import { paths, type Path } from '../../week.ts';
import type { Filter } from '../scope/filter.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { identifiedRow, repeatLimitsRow } from './repeatRows.ts';

/** What the log lacks for following customers, and whether those without an id fare alike. */
export async function readLimits(
	filter: Filter,
	windowDays: number,
	horizon: number
): Promise<Limits> {
	const [found, compared] = await Promise.all([
		Promise.all(paths.map((path) => readPathLimits(filter, path, windowDays, horizon))),
		readIdentified(filter)
	]);
	const filled = found.filter(({ contacts }) => contacts > 0);
	const contacts = filled.reduce((sum, one) => sum + one.contacts, 0);
	const without = filled.reduce((sum, one) => sum + one.withoutCustomer, 0);
	return {
		paths: filled,
		identified: contacts > 0 ? 1 - without / contacts : null,
		compared,
		answeredDifference: difference(compared, 'answered'),
		longWaitDifference: difference(compared, 'longWaits')
	};
}

async function readPathLimits(
	filter: Filter,
	path: Path,
	windowDays: number,
	horizon: number
): Promise<PathLimits> {
	const { values, types } = await metricParameters(filter, [], { windowDays });
	const [row] = await query('repeats/limits', repeatLimitsRow, {
		values: { ...values, path, horizon_days: horizon },
		types: types ?? {}
	});
	if (!row) throw new Error('the limits of a path are one row');
	return {
		path,
		contacts: row.contacts,
		withoutCustomer: row.without_customer,
		withoutTopic: row.without_topic,
		withoutChannel: row.without_channel,
		endedAfterLog: row.ended_after_log,
		followed: row.followed,
		watchable: row.watchable_for_window,
		medianDays: row.median_possible_days
	};
}

async function readIdentified(filter: Filter): Promise<IdentifiedRow[]> {
	const parameters = await metricParameters(filter, []);
	const rows = await query('repeats/identified', identifiedRow, parameters);
	return rows.map((row) => ({
		isKnown: row.is_identified,
		handoffs: row.handoffs,
		customers: row.customers,
		answered: { hits: row.answered, n: row.known },
		longWaits: { hits: row.long_waits, n: row.waits },
		wait: { p50: row.wait_p50_s, p90: row.wait_p90_s }
	}));
}

/** A share of handoffs without an id less that of those with one, by Newcombe's interval. */
function difference(rows: IdentifiedRow[], of: 'answered' | 'longWaits'): Spread | null {
	const [without, known] = [false, true].map(
		(isKnown) => rows.find((row) => row.isKnown === isKnown)?.[of]
	);
	const interval = without && known ? newcombe(without, known) : null;
	if (!without || !known || !interval) return null;
	return { value: without.hits / without.n - known.hits / known.n, ...interval };
}
