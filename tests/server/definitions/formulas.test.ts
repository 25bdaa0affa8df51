import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { metricGroups, settingsOf } from '../../../src/lib/definitions.ts';
import { metricIds } from '../../../src/lib/metrics.ts';
import { reached, readFormulas, readParts } from '../../../src/lib/server/definitions/formulas.ts';
import { queriesFolder } from '../../../src/lib/server/store/root.ts';
import { defaultSettings } from '../../../src/lib/server/settings/settings.ts';
import { settingsInForce } from '../../../src/lib/server/settings/settingWords.ts';

const parts = await readParts();
const formulas = await readFormulas(parts);

describe('formulas', () => {
	it.each(metricIds)('%s is the file that runs, to the letter', async (id) => {
		const text = await readFile(join(queriesFolder, 'metrics', `${id}.sql`), 'utf8');
		expect(formulas[id].sql).toBe(text.trimEnd());
		expect(formulas[id].uses.length).toBeGreaterThan(0);
	});

	it('every macro and view that is made stands among the shared parts, with its words', async () => {
		const files = ['rows', 'lists', 'handoffs', 'conversations', 'scalar'].map(
			(name) => `macros.${name}.duckdb`
		);
		const texts = await Promise.all(
			files.map((name) => readFile(join(queriesFolder, `${name}.sql`), 'utf8'))
		);
		const made = [...texts.join('\n').matchAll(/create or replace (?:macro|view) (\w+)/g)];
		expect(parts.filter(({ kind }) => kind !== 'facts').map(({ name }) => name)).toEqual(
			made.map(([, name]) => name)
		);
	});

	it('from the late rate a reader comes to where late is decided', () => {
		const names = reached(parts, formulas.late_rate.uses).map(({ name }) => name);
		expect(names).toContain('handoff_facts');
		expect(parts.find(({ name }) => name === 'handoff_facts')?.sql).toContain('as is_late');
	});
});

describe('definitions', () => {
	it('show every metric in one group', () => {
		expect(metricGroups.flatMap(({ ids }) => ids as readonly string[]).toSorted()).toEqual(
			[...metricIds].toSorted()
		);
	});

	it('say the value in force where it is not the usual one', () => {
		const changed = { ...defaultSettings, repeat_window_days: 14, late_limit_s: { chat: 90 } };
		const found = settingsInForce(changed, 'Europe/Berlin').filter(
			({ usual }) => usual !== null
		);
		expect(found).toEqual([
			{ key: 'late_limit_s', value: 'chat 1 min 30 s', usual: 'voice 5 min, chat 5 min' },
			{ key: 'repeat_window_days', value: '14 days', usual: '7 days' }
		]);
		expect(settingsOf.repeat_rate).toContain('repeat_window_days');
		expect(settingsOf.late_rate).toContain('late_limit_s');
	});
});
