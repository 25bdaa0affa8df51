import { DOUBLE, LIST, listValue, STRUCT, structValue, VARCHAR } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withConnection } from '../../../src/lib/server/store/engine.ts';
import { filterType, filterValue } from '../../../src/lib/server/scope/filter.ts';
import { answerSql, readSqlQuestion } from '../../../src/lib/server/store/figureSql.ts';
import { behind, filledIn, record, recorded } from '../../../src/lib/server/store/recorder.ts';
import { TestStore } from '../store.ts';

const none = { values: {} };

describe('a recording', () => {
	test('holds what stands behind its source and nothing else, each statement once', async () => {
		const found = await recorded('a', async () => {
			record('outside', 'select 0', none);
			await behind('a', () => Promise.resolve(record('one', 'select 1', none)));
			await Promise.all([
				behind(['b', 'a'], () => Promise.resolve(record('two', 'select 2', none))),
				behind('b', async () => {
					record('three', 'select 3', none);
					await behind('a', () => Promise.resolve(record('four', 'select 4', none)));
				}),
				behind('a', () => Promise.resolve(record('one', 'select 1', none)))
			]);
		});
		expect(found.map(({ name }) => name)).toEqual(['one', 'two', 'four']);
	});

	test('is of its own request only', async () => {
		const [a, b] = await Promise.all(
			['a', 'b'].map((source) =>
				recorded(source, () =>
					behind(source, async () => {
						await new Promise((resolve) => setTimeout(resolve, 5));
						record(source, `select '${source}'`, none);
					})
				)
			)
		);
		expect([a, b].map((statements) => statements?.map(({ name }) => name))).toEqual([
			['a'],
			['b']
		]);
	});
});

describe('a statement with its parameters filled in', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
	});
	afterAll(() => store.close());

	const evil = "it's; drop table handoffs; -- $n\n";

	test.each([
		['a text', evil, undefined],
		['a whole number', 7, undefined],
		['a fraction', 0.5, undefined],
		['a fraction of a type', 3, DOUBLE],
		['a truth value', true, undefined],
		['nothing', null, undefined],
		['a list', listValue([evil, '']), LIST(VARCHAR)],
		['an empty list', listValue([]), LIST(VARCHAR)],
		['a struct', structValue({ a: 0.25, b: evil }), STRUCT({ a: DOUBLE, b: VARCHAR })],
		[
			'a filter',
			filterValue({ from: '2026-01-01', to: '2026-02-01', topic: [evil] }),
			filterType
		]
	] as const)('reads %s as DuckDB is given it', async (_, value, type) => {
		const text = 'select $n as value, typeof($n) as type';
		const parameters = { values: { n: value }, ...(type && { types: { n: type } }) };
		await withConnection(async (connection) => {
			const { values, types } = parameters;
			const given = await connection.runAndReadAll(text, values, types);
			const written = await connection.runAndReadAll(filledIn(text, parameters));
			expect(written.getRowsJson()).toEqual(given.getRowsJson());
		});
	});

	test('leaves comments, texts and names that it is not given alone', () => {
		const text = `-- of $n\nselect '$n' as "$n", $n, $other`;
		expect(filledIn(text, { values: { n: 1 } })).toBe(
			`-- of $n\nselect '$n' as "$n", 1, $other`
		);
	});
});

describe('the question for the SQL behind a figure', () => {
	const ask = (query: string) => readSqlQuestion(new URL(`http://127.0.0.1/api/sql?${query}`));

	test.each([
		'//example.com/',
		'http://example.com/',
		'/\\example.com',
		'csat',
		'/api/sql?x',
		'/api'
	])('takes page=%s for no page of ours', (page) => {
		expect(() => ask(`source=a&page=${encodeURIComponent(page)}`)).toThrow(/is no page/);
	});

	test('says what is missing', () => {
		expect(() => ask('source=a')).toThrow(/page is missing/);
		expect(() => ask('page=/csat')).toThrow(/source is missing/);
	});

	test('cannot carry SQL of its own into the answer', async () => {
		const source = encodeURIComponent('x\nselect 1; --');
		const question = ask(`source=${source}&page=${encodeURIComponent('/csat?a=\nselect 2')}`);
		const text = await answerSql(question, () =>
			behind('x\nselect 1; --', () => Promise.resolve(record('one', 'select 3', none)))
		);
		const statements = text.split('\n').filter((line) => !line.startsWith('--') && line !== '');
		expect(statements).toEqual(["set TimeZone = 'UTC';", 'select 3;']);
	});

	test('can ask for single queries of a source, and is told when nothing is behind it', async () => {
		const read = () =>
			behind('a', () =>
				Promise.resolve(['one', 'two'].forEach((name) => record(name, name, none)))
			);
		const text = await answerSql(ask('page=/&source=a&query=two'), read);
		expect(text).toContain('-- queries/two.sql');
		expect(text).not.toContain('-- queries/one.sql');
		await expect(answerSql(ask('page=/&source=b'), read)).rejects.toThrow(/reads nothing/);
	});
});
