/** Where customers come back to. */
import { wilson } from '../../analysis/wilson.ts';
import type { Destinations, Share } from '../../repeats.ts';
import type { Path } from '../../week.ts';
import type { Filter } from '../scope/filter.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { destinationRow, type DestinationRow } from './repeatRows.ts';

/** Channel, topic and path of the next contact within so many days; null when nobody came back. */
export async function readDestinations(
	filter: Filter,
	path: Path,
	windowDays: number
): Promise<Destinations | null> {
	const { values, types } = await metricParameters(filter, ['channel'], { windowDays });
	const rows = await query('repeats/destinations', destinationRow, {
		values: { ...values, path },
		types: types ?? {}
	});
	return rows.length === 0 ? null : destinationsOf(path, rows);
}

/** Adds up rows by channel of the first contact. */
export function destinationsOf(path: Path, rows: DestinationRow[]): Destinations {
	const back = total(rows);
	const shares = (rows: DestinationRow[], keyOf: (row: DestinationRow) => string | null) => {
		const hits = new Map<string | null, number>();
		for (const row of rows) hits.set(keyOf(row), (hits.get(keyOf(row)) ?? 0) + row.contacts);
		return [...hits]
			.sort(([, a], [, b]) => b - a)
			.map(([key, hits]) => shareOf(key, hits, back));
	};
	const moves = new Map<string, Destinations['moves'][number]>();
	for (const { key1: from, next_channel: to, contacts } of rows) {
		const name = JSON.stringify([from, to]);
		const known = moves.get(name);
		if (known) known.contacts += contacts;
		else moves.set(name, { from, to, contacts });
	}
	return {
		path,
		back,
		channels: shares(rows, ({ next_channel }) => next_channel),
		topics: shares(rows, ({ topic_is }) => topic_is),
		otherTopics: shares(
			rows.filter(({ topic_is }) => topic_is === 'other'),
			({ next_topic }) => next_topic
		),
		paths: shares(rows, ({ next_path }) => next_path),
		moves: [...moves.values()]
	};
}

/** A share with Wilson's interval. */
export function shareOf(key: string | null, hits: number, n: number): Share {
	const interval = wilson(hits, n);
	return {
		key,
		hits,
		value: n > 0 ? hits / n : null,
		low: interval?.low ?? null,
		high: interval?.high ?? null
	};
}

const total = (rows: DestinationRow[]) => rows.reduce((sum, { contacts }) => sum + contacts, 0);
