import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkSql } from '../../ingest/checks.ts';
import { fieldsOf, readRecord, recordKinds, records } from '../../ingest/contract.ts';
import { jsonSchemaOf } from '../../ingest/describe.ts';
import { root } from '../../ingest/root.ts';
import { createTables, keyOf, tableOf } from '../../ingest/tables.ts';
import { generated } from '../../scripts/docs.ts';

type Property = { description: string; type?: string | string[]; pattern?: string };
type Schema = { required: string[]; properties: Record<string, Property> };

let connection: DuckDBConnection;
let instance: DuckDBInstance;

beforeAll(async () => {
	instance = await DuckDBInstance.create(':memory:');
	connection = await instance.connect();
	await createTables(connection, join(root, 'queries'));
});

afterAll(() => {
	connection.disconnectSync();
	instance.closeSync();
});

async function rows(sql: string): Promise<Record<string, unknown>[]> {
	return (await connection.runAndReadAll(sql)).getRowObjectsJS();
}

/** Cells of the table under a mark of docs/log-format.md. */
async function documented(record: string): Promise<string[][]> {
	const page = await readFile(join(root, 'docs', 'log-format.md'), 'utf8');
	const part = page.split(`<!-- begin ${record} fields`)[1]?.split('<!-- end')[0] ?? '';
	return part
		.split('\n')
		.filter((line) => line.startsWith('| `'))
		.map((line) =>
			line
				.split(/(?<!\\)\|/)
				.slice(1, -1)
				.map((cell) => cell.trim())
		);
}

describe('what is generated', () => {
	test('every generated file is what the contract and the metrics give (npm run docs)', async () => {
		for (const [file, text] of await generated())
			expect(await readFile(join(root, file), 'utf8'), file).toBe(text);
	});
});

describe.each(recordKinds)('%s', (record) => {
	const fields = fieldsOf(record);
	const names = fields.map(({ name }) => name);
	const required = fields.filter((field) => field.required).map(({ name }) => name);
	const schema = jsonSchemaOf(record) as unknown as Schema;

	test('zod shape, JSON Schema and docs have the same fields in the same order', async () => {
		expect(Object.keys(records[record].shape)).toEqual(names);
		expect(Object.keys(schema.properties)).toEqual(names);
		expect((await documented(record)).map(([name]) => name)).toEqual(
			names.map((name) => `\`${name}\``)
		);
	});

	test('the table of a store has a column of its type for every field', async () => {
		const columns = await rows(
			`select column_name, data_type, is_nullable from duckdb_columns() where table_name = '${tableOf[record]}' order by column_index`
		);
		const kept = (name: string) => required.includes(name) || name === keyOf[record];
		expect(columns).toEqual([
			...fields.map(({ name, kind }) => ({
				column_name: name,
				data_type: kind.column,
				is_nullable: !kept(name)
			})),
			{ column_name: 'import_id', data_type: 'VARCHAR', is_nullable: false }
		]);
	});

	test('the SQL checks give a value of its type for every field', async () => {
		const line = `(select 1::bigint as line, ${names.map((name) => `null::varchar as "${name}"`).join(', ')}, null::struct(field varchar, reason varchar) as source_fault)`;
		const sql = checkSql(record, { zone: null }, line, ['line', 'source_fault']);
		const given = await rows(`describe ${sql}`);
		const types = given
			.map(({ column_name, column_type }) => [column_name, column_type])
			.filter(([name]) => names.includes(String(name)));
		expect(types).toEqual(fields.map(({ name, kind }) => [name, kind.column]));
	});

	test('zod, SQL checks, JSON Schema and docs refuse the absence of the same fields', async () => {
		const full = Object.fromEntries(
			required.map((name) => [name, name.endsWith('_at') ? '2026-11-09T14:03:22Z' : 'a'])
		);
		expect(readRecord(record, full)).toHaveProperty('value');
		for (const { name } of fields) {
			const line: Record<string, string> = { ...full, [name]: '' };
			const cells = names.map((n) => (line[n] ? `'${line[n]}'` : 'null') + ` as "${n}"`);
			const [checked] = await rows(
				`select fault.field as field, fault.reason as reason from (${checkSql(
					record,
					{ zone: null },
					`(select 1 as line, null::struct(field varchar, reason varchar) as source_fault, ${cells.join(', ')})`,
					['line', 'source_fault']
				)})`
			);
			const fault = required.includes(name) ? { field: name, reason: 'is empty' } : null;
			expect(readRecord(record, line)).toEqual(
				fault ? { fault } : { value: expect.anything() as unknown }
			);
			expect(checked).toEqual(fault ?? { field: null, reason: null });
		}
		expect(schema.required).toEqual(required);
		const marked = (await documented(record)).filter(([, , , mark]) => mark === 'yes');
		expect(marked.map(([name]) => name)).toEqual(required.map((name) => `\`${name}\``));
	});

	test('docs and JSON Schema carry type, unit and description of every field', async () => {
		const table = new Map((await documented(record)).map(([name, ...rest]) => [name, rest]));
		for (const { name, kind, unit, description } of fields) {
			expect(table.get(`\`${name}\``)?.[0]).toBe(kind.name);
			expect(table.get(`\`${name}\``)?.[1]).toBe(unit ?? '');
			const property = schema.properties[name];
			expect(property?.description).toBe(
				unit ? `${description} Unit: ${unit}.` : description
			);
			if (!required.includes(name)) expect(property).toMatchObject(kind.json);
		}
	});

	test('the JSON Schema is one of draft 2020-12 that a validator can be made of', () => {
		expect(schema).toMatchObject({
			$schema: 'https://json-schema.org/draft/2020-12/schema',
			type: 'object'
		});
		const validator = z.fromJSONSchema(schema as unknown as z.core.JSONSchema.JSONSchema);
		expect(validator.safeParse({}).success).toBe(false);
	});
});

describe('the JSON Schema of a handoff', () => {
	const schema = jsonSchemaOf('handoff') as unknown as z.core.JSONSchema.JSONSchema;
	const validator = z.fromJSONSchema(schema);
	const minimal = { conversation_id: 'c-1', handed_off_at: '2026-11-09T14:03:22+01:00' };
	const accepts = (line: Record<string, unknown>) =>
		validator.safeParse({ ...minimal, ...line }).success;

	test('accepts numbers, texts of numbers and null where a log may have them', () => {
		expect(accepts({})).toBe(true);
		expect(accepts({ wait_after_s: 12.5, transfers: 0, announced: true })).toBe(true);
		expect(accepts({ wait_after_s: '12.5', transfers: '0', announced: 'yes' })).toBe(true);
		expect(accepts({ wait_after_s: null, trigger: null, outcome: null })).toBe(true);
		expect(accepts({ context: ['summary'] })).toBe(true);
		expect(accepts({ context: 'summary|transcript' })).toBe(true);
	});

	test('refuses what the contract refuses', () => {
		const lines = [
			{ conversation_id: null },
			{ conversation_id: ' ' },
			{ handed_off_at: '' },
			{ wait_after_s: -1 },
			{ transfers: 1.5 },
			{ confidence: 1.1 },
			{ sentiment_end: -2 },
			{ outcome: 'lost' },
			{ context: ['hope'] },
			{ topic: 'x'.repeat(201) }
		];
		for (const line of lines) {
			expect(accepts(line), JSON.stringify(line)).toBe(false);
			expect(readRecord('handoff', { ...minimal, ...line })).toHaveProperty('fault');
		}
	});
});
