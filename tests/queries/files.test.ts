import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { BOOLEAN, DOUBLE, INTEGER, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { conversationColumnIds, usualConversations } from '../../src/lib/conversations.ts';
import { columnIds, usual } from '../../src/lib/handoffs.ts';
import { metricIds, metrics, type MetricId } from '../../src/lib/metrics.ts';
import { withConnection } from '../../src/lib/server/store/engine.ts';
import { filterType, filterValue } from '../../src/lib/server/scope/filter.ts';
import { saveFix } from '../../src/lib/server/fixes/fixes.ts';
import { listParameters } from '../../src/lib/server/handoffs/handoffs.ts';
import { conversationListParameters } from '../../src/lib/server/conversations/conversations.ts';
import { metricParameters, metricRow } from '../../src/lib/server/measure/measure.ts';
import { groupQuestions } from '../../src/lib/server/phrases/phraseJob.ts';
import { query, type Parameters } from '../../src/lib/server/store/query.ts';
import { filledIn } from '../../src/lib/server/store/recorder.ts';
import { saveReview } from '../../src/lib/server/reviews/reviews.ts';
import { queriesFolder } from '../../src/lib/server/store/root.ts';
import { handoffsOf, questionsOf } from '../server/phrases/questions.ts';
import { ever, smallSample, TestStore } from '../server/store.ts';
import { rowSchemas } from './rowSchemas.ts';

const names = (await readdir(queriesFolder, { recursive: true }))
	.filter((file) => file.endsWith('.sql') && !file.startsWith('macros.'))
	.map((file) =>
		relative('.', file)
			.split(sep)
			.join('/')
			.replace(/\.sql$/, '')
	)
	.sort();
const ofTables = names.filter((name) => name.startsWith('tables/'));
const ofPages = names.filter((name) => !name.startsWith('tables/'));
const ofMetrics = ofPages.filter((name) => name.startsWith('metrics/'));
const textOf = (name: string) => readFile(join(queriesFolder, `${name}.sql`), 'utf8');
const lastOf = (name: string) => name.split('/').at(-1) ?? '';

/** The shape that a metric's interval is made from. */
function metricShape(id: MetricId): string {
	if (metrics[id].unit === 'csat') return 'total';
	const shapes = { wilson: 'hits', t: 'mean', 'log-log': 'days' };
	const { interval } = metrics[id];
	return interval === null ? 'value' : shapes[interval];
}

function schemaOf(name: string): z.ZodType {
	const known = rowSchemas[name];
	if (known) return known;
	const id = metricIds.find((metric) => name === `metrics/${metric}`);
	const shape = id && metricRow.options.find((option) => metricShape(id) in option.shape);
	if (!shape) throw new Error(`${name} has no row schema`);
	return shape;
}

type JsonType = {
	type?: string | string[];
	anyOf?: JsonType[];
	items?: JsonType;
	properties?: Record<string, JsonType>;
};

/** The column type that a field of a row schema stands for. */
function columnType(field: JsonType): string {
	const present = field.anyOf?.find(({ type }) => type !== 'null') ?? field;
	if (present.type === 'array') return `${columnType(present.items ?? {})}[]`;
	if (present.type === 'object') {
		const parts = Object.entries(present.properties ?? {});
		return `STRUCT(${parts.map(([name, part]) => `"${name}" ${columnType(part)}`).join(', ')})`;
	}
	const named = [present.type].flat().find((type) => type !== 'null');
	const types: Record<string, string> = {
		integer: 'INTEGER',
		number: 'DOUBLE',
		string: 'VARCHAR',
		boolean: 'BOOLEAN'
	};
	return types[named ?? ''] ?? `what ${String(named)} stands for`;
}

function columnsOf(schema: z.ZodType): Record<string, string> {
	const json = z.toJSONSchema(schema) as { properties: Record<string, JsonType> };
	return Object.fromEntries(
		Object.entries(json.properties).map(([name, field]) => [name, columnType(field)])
	);
}

const paramsOf = (text: string) => [...text.matchAll(/\$(\w+)/g)].map(([, name]) => name ?? '');

describe('every file of queries', () => {
	it('is one of tables, or of a page that reads it by a row schema', () => {
		expect(names.length).toBeGreaterThan(40);
		expect(Object.keys(rowSchemas).sort()).toEqual(
			ofPages.filter((name) => !ofMetrics.includes(name))
		);
	});

	it('measures one metric, and every metric has its file', () => {
		expect(ofMetrics.map(lastOf)).toEqual([...metricIds].sort());
	});

	it.each(names)('%s begins with one sentence: its name and its grain', async (name) => {
		const [head = '', next = ''] = (await textOf(name)).split('\n');
		const [, title, sentence = ''] = /^-- (\w+): (.*)$/.exec(head) ?? [];
		expect(title).toBe(lastOf(name));
		expect(sentence).toMatch(/^[a-z].*\.$/);
		expect(sentence.slice(0, -1)).not.toMatch(/[.!?] /);
		expect(sentence).toMatch(/\bone row\b|^the newest import/);
		expect(next).not.toMatch(/^--/);
	});

	it.each(names)('%s is one statement', async (name) => {
		const text = await textOf(name);
		expect(text.replace(/--.*$/gm, '').trim().replace(/;$/, '')).not.toContain(';');
		expect(text.endsWith('\n')).toBe(true);
	});

	it.each(ofPages)('%s keeps to what other engines speak', async (name) => {
		const text = (await textOf(name)).replace(/--.*$/gm, '').toLowerCase();
		expect(text).not.toMatch(/group by all|order by all/);
		expect(text).not.toMatch(/\barg_(max|min)\b|\b(max|min)_by\b/);
		expect(text).not.toMatch(/\bfilter\s*\(/);
		expect(text).not.toMatch(/_at\s*-\s*\w*\.?\w+_at\b|\binterval\b/);
		expect(text).not.toMatch(/\bqualify\b|\bquantile_cont\b|\bmedian\b|\bdate_trunc\b/);
		expect(text).not.toMatch(/select \*\s*$|from .*\bselect \*\b/);
	});

	it.each(ofPages)('%s names parameters that every caller gives', async (name) => {
		const given = Object.keys((await parametersWith([], name)).values);
		for (const parameter of paramsOf(await textOf(name))) expect(given).toContain(parameter);
	});

	it('the tables hold every file of queries/tables by its name', async () => {
		const found = await withConnection((connection) =>
			connection.runAndReadAll('select table_name from duckdb_tables()')
		);
		const tables = found.getRows().map(([table]) => String(table));
		const stored = ofTables.map(lastOf).filter((name) => name !== 'contacts');
		for (const name of stored) expect(tables).toContain(name);
	});
});

/** The handoff that queries about a single one are asked for. */
let handoffId = 'none';
let customerId = 'nobody';

/** Everything that the callers of queries give. */
async function parametersWith(by: ('week' | 'topic')[], name = ''): Promise<Parameters> {
	const isOfConversations = name.startsWith('conversations/');
	const list = isOfConversations
		? await conversationListParameters({
				filter: ever,
				asked: { ...usualConversations, sort: 'topic' },
				ids: null
			})
		: await listParameters({
				filter: ever,
				asked: { ...usual, sort: 'topic' },
				ids: null
			});
	const { values, types } = await metricParameters(ever, by);
	const listed = {
		asked: list.values.asked ?? null,
		sort: 'topic',
		columns: listValue(isOfConversations ? conversationColumnIds : columnIds),
		is_down: true,
		is_back: false,
		cursor_id: null,
		cursor_key: null,
		cursor_is_absent: false,
		rows: 25,
		id: isOfConversations ? customerId : handoffId
	};
	const listedTypes = {
		...list.types,
		columns: LIST(VARCHAR),
		is_down: BOOLEAN,
		is_back: BOOLEAN,
		cursor_id: VARCHAR,
		cursor_key: VARCHAR,
		cursor_is_absent: BOOLEAN,
		rows: INTEGER,
		id: VARCHAR
	};
	const own = {
		handoff_id: handoffId,
		customer_id: customerId,
		handoff_ids: listValue([handoffId]),
		most: 10
	};
	const ownTypes = {
		handoff_id: VARCHAR,
		customer_id: VARCHAR,
		handoff_ids: LIST(VARCHAR),
		most: INTEGER
	};
	const week = { wait: 'after', limit_s: 60 };
	const quality = { items: listValue(['summary', 'intent']), period: filterValue(ever) };
	const phrases = {
		topic: 'Refunds',
		language: 'de',
		phrase: null,
		model: 1,
		fewest: 1,
		mask: 0,
		most_new: 10,
		most_left: 10
	};
	const phraseTypes = {
		topic: VARCHAR,
		language: VARCHAR,
		phrase: VARCHAR,
		model: INTEGER,
		fewest: INTEGER,
		mask: INTEGER,
		most_new: INTEGER,
		most_left: INTEGER
	};
	const repeats = { path: 'handed_off', until: 'first', channel: 'any', horizon_days: 30 };
	return {
		values: { ...values, ...own, ...listed, ...repeats, ...quality, ...week, ...phrases },
		types: {
			...types,
			...listedTypes,
			...ownTypes,
			...phraseTypes,
			items: LIST(VARCHAR),
			limit_s: DOUBLE,
			period: filterType
		}
	};
}

async function expectColumns(name: string, isFilledIn = false) {
	const text = await textOf(name);
	const parameters = await parametersWith(['week', 'topic'], name);
	const { values, types } = parameters;
	const only = <T>(all: Record<string, T> = {}) =>
		Object.fromEntries(Object.entries(all).filter(([key]) => paramsOf(text).includes(key)));
	const result = await withConnection((connection) =>
		isFilledIn
			? connection.runAndReadAll(filledIn(text, parameters))
			: connection.runAndReadAll(text, only(values), only(types))
	);
	const columns = result
		.columnNames()
		.map((column, at) => [column, String(result.columnTypes()[at])]);
	expect(Object.fromEntries(columns)).toEqual(columnsOf(schemaOf(name)));
}

let store: TestStore;
beforeAll(async () => {
	store = await TestStore.open();
});
afterAll(() => store.close());

describe('on an empty store', () => {
	it.each(ofPages)('%s gives the columns of its row schema', (name) => expectColumns(name));

	it.each(ofPages)('%s gives rows that its schema parses, or none', async (name) => {
		const found = await query(name, schemaOf(name), await parametersWith(['topic'], name));
		const grain = /one row(:| about)/.test(await textOf(name));
		expect(found).toHaveLength(grain ? 1 : 0);
	});
});

describe('on the sample', () => {
	beforeAll(async () => {
		await store.importSample({ ...smallSample, weeks: 4, conversations: 2000 });
		const followed = await withConnection((connection) =>
			connection.runAndReadAll(
				'select handoff_id, customer_id from handoff_facts where next_contact_at is not null limit 1'
			)
		);
		[handoffId = '', customerId = ''] = followed.getRows()[0]?.map(String) ?? [];
		await saveReview({ handoff_id: handoffId, necessary: true });
		await saveFix({ what: 'Article', done_on: '2026-11-02', topic: 'Refunds' });
		const asked = handoffsOf('p', questionsOf('parcel', 40), { language: 'de' });
		const unknown = asked.map((row) => ({ ...row, trigger: 'gut_feeling' }));
		await store.importRows('asked', unknown, { keepSample: true });
		await groupQuestions();
	});

	it.each(ofPages)('%s gives the columns of its row schema as readers are shown it', (name) =>
		expectColumns(name, true)
	);

	it.each(ofPages)('%s gives rows, each once per group', async (name) => {
		const found = await query(
			name,
			schemaOf(name),
			await parametersWith(['week', 'topic'], name)
		);
		expect(found.length).toBeGreaterThan(0);
		if (!ofMetrics.includes(name)) return;
		const keys = found.map((row) => {
			const { key1, key2 } = row as { key1: string | null; key2: string | null };
			return JSON.stringify([key1, key2]);
		});
		expect(new Set(keys).size).toBe(keys.length);
	});
});
