import fc from 'fast-check';
import { csvFormatRows } from 'd3-dsv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	fieldsOf,
	readRecord,
	recordKinds,
	rules,
	type Fault,
	type Field,
	type RecordKind
} from '../../ingest/contract.ts';
import { TestStore, type Row } from './store.ts';
import { wordArbitrary } from './words.ts';

/** A line that keeps to the contract apart from a few fields that try something. */
function lineArbitrary(record: RecordKind): fc.Arbitrary<Row> {
	const fields = fieldsOf(record);
	const times = fields.filter(({ kind }) => kind.column === 'TIMESTAMP');
	const required = fields.filter((field) => field.required);
	return fc
		.tuple(
			fc.subarray(fields, { minLength: 1, maxLength: 3 }),
			fc.subarray(times, { maxLength: Math.min(3, times.length) }),
			fc.integer({ min: 0, max: 9 })
		)
		.chain(([tried, timed, chance]) => {
			const odd = tried.map((field) => [field.name, wordArbitrary(field, 'odd')] as const);
			const plain = [...timed, ...(chance > 0 ? required : [])].map(
				(field) => [field.name, wordArbitrary(field, 'plain')] as const
			);
			return fc.record(
				Object.fromEntries(chance > 2 ? [...odd, ...plain] : [...plain, ...odd])
			);
		});
}

type Outcome = { fault: Fault } | { value: Row };

/** What readRecord says, in values that can be compared: times in milliseconds. */
function bySchema(record: RecordKind, line: Row): Outcome {
	const read = readRecord(record, line);
	if ('fault' in read) return read;
	const value = Object.entries(read.value).map(([name, v]) => [
		name,
		v instanceof Date ? v.getTime() : v
	]);
	return { value: Object.fromEntries(value) as Row };
}

let store: TestStore;
beforeAll(async () => {
	store = await TestStore.open({ hash_identities: false });
});
afterAll(() => store.close());

/** What the whole way of a file says of each line: read, mapped, checked. */
async function byImport(record: RecordKind, file: string, header: number): Promise<Outcome[]> {
	const { stageFile } = await import('../../ingest/stage.ts');
	const { inspect } = await import('../../ingest/files.ts');
	const { knownSources } = await import('../../ingest/sources.ts');
	const { DuckDBInstance } = await import('@duckdb/node-api');
	const instance = await DuckDBInstance.create(':memory:');
	const connection = await instance.connect();
	try {
		await connection.run(`set TimeZone = 'UTC'`);
		const folder = store.folder;
		const known = await knownSources();
		await stageFile({ connection, folder, key: null, known }, await inspect(file), 0);
		const outcomes: Outcome[] = [];
		const columns = fieldsOf(record).map(({ name, kind }) =>
			kind.column === 'TIMESTAMP' ? `epoch_us(${name}) / 1e3 as ${name}` : name
		);
		const checked = await connection.runAndReadAll(
			`select line::int as line, fault.field as fault_field, fault.reason as fault_reason, ${columns.join(', ')} from checked_${record}`
		);
		for (const row of checked.getRowObjectsJS()) {
			const { line, fault_field, fault_reason, ...value } = row;
			outcomes[Number(line) - 1 - header] =
				fault_reason === null
					? { value }
					: { fault: { field: String(fault_field), reason: String(fault_reason) } };
		}
		return outcomes;
	} finally {
		connection.disconnectSync();
		instance.closeSync();
	}
}

/** The lines on which the two sides differ, with what each says where they do. */
function differences(lines: Row[], record: RecordKind, outcomes: Outcome[]): unknown[] {
	return lines.flatMap((line, i) => {
		const schema = flat(bySchema(record, line));
		const sql = outcomes[i] ? flat(outcomes[i]) : { line: 'was not read' };
		const fields = [...new Set([...Object.keys(schema), ...Object.keys(sql)])];
		return fields
			.filter((field) => JSON.stringify(schema[field]) !== JSON.stringify(sql[field]))
			.map((field) => ({ field, line, schema: schema[field], sql: sql[field] }));
	});
}

const flat = (outcome: Outcome): Row => ('value' in outcome ? outcome.value : { ...outcome.fault });

/** Few of many. */
const shown = (list: unknown[]) => list.slice(0, 8);

const asked = (line: Row, record: RecordKind): Row => ({ record, ...line });

const seen: Record<RecordKind, Outcome[]> = { handoff: [], conversation: [] };

describe('a line of the log', () => {
	for (const record of recordKinds)
		for (const seed of [1, 2, 3])
			it(`${record}: the schema and the SQL checks agree on it, as NDJSON (seed ${seed})`, async () => {
				const lines = fc.sample(lineArbitrary(record), { numRuns: 3000, seed });
				const file = await store.write(
					`${record}-${seed}.ndjson`,
					lines.map((line) => asked(line, record))
				);
				const outcomes = await byImport(record, file, 0);
				expect(shown(differences(lines, record, outcomes))).toEqual([]);
				seen[record].push(...outcomes);
			}, 60_000);

	for (const record of recordKinds)
		it(`${record}: the schema and the SQL checks agree on it, as CSV`, async () => {
			const names = fieldsOf(record).map(({ name }) => name);
			const lines = fc
				.sample(lineArbitrary(record), { numRuns: 2000, seed: 11 })
				.map((line) => cellsOf(names, line));
			const file = await store.write(
				`${record}.csv`,
				csvFormatRows([
					['record', ...names],
					...lines.map((line) => [record, ...names.map((name) => line[name] ?? '')])
				])
			);
			const outcomes = await byImport(record, file, 1);
			expect(shown(differences(lines, record, outcomes))).toEqual([]);
		}, 60_000);

	it.each(recordKinds)(
		'%s: each field was seen good and at fault, each rule broken',
		(record) => {
			expect(reached(record, seen[record])).toEqual([]);
		}
	);

	it('is refused on both sides where its text is not Unicode', async () => {
		const line = { conversation_id: 'a\ud800', handed_off_at: '2026-11-09T14:03:22Z' };
		expect(readRecord('handoff', line)).toHaveProperty('fault');
		const file = await store.write('surrogate.ndjson', [line]);
		const report = await store.import(file, { dryRun: true });
		expect(report.total.quarantined).toBe(1);
	});
});

/** Cells are text on one line: line numbers tell the lines apart here. */
function cellsOf(names: string[], line: Row): Record<string, string> {
	return Object.fromEntries(
		names.flatMap((name) => {
			const raw = line[name];
			if (raw === undefined || raw === null) return [];
			const text = typeof raw === 'string' ? raw : JSON.stringify(raw);
			return [[name, text.replace(/[\r\n]/g, ' ')]];
		})
	);
}

/** Kinds of fault and fields that no line reached: a test that never sees them proves nothing. */
function reached(record: RecordKind, outcomes: Outcome[]): string[] {
	const faults = new Set(
		outcomes.flatMap((o) => ('fault' in o ? [`${o.fault.field} ${start(o.fault.reason)}`] : []))
	);
	const values = outcomes.flatMap((o) => ('value' in o ? [o.value] : []));
	const unfaulted = fieldsOf(record)
		.filter((field) => ![...faults].some((fault) => fault.startsWith(field.name + ' ')))
		.map((field) => `${field.name}: never at fault`);
	const unvalued = fieldsOf(record)
		.filter((field: Field) => !values.some((value) => value[field.name] !== null))
		.map((field) => `${field.name}: never a value`);
	const unbroken = rules
		.filter((rule) => rule.record === record)
		.filter((rule) => !faults.has(`${rule.field} ${start(rule.reason)}`))
		.map((rule) => `${rule.field}: never ${rule.reason}`);
	return [...unfaulted, ...unvalued, ...unbroken];
}

const start = (reason: string) => reason.split('“')[0]?.trim() ?? '';
