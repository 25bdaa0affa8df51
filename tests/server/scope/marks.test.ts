import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editFix, saveFix, withdrawFix } from '../../../src/lib/server/fixes/fixes.ts';
import { readMarks } from '../../../src/lib/server/scope/marks.ts';
import { TestStore } from '../store.ts';

/** Monday 3 August 2026 and so many days. */
const dayAt = (at: number) => new Date(Date.UTC(2026, 7, 3 + at)).toISOString().slice(0, 10);

/** A log of 20 handoffs a day; `versionsOf` says how many of a day each version has. */
function log(days: number, versionsOf: (day: number) => [version: string, n: number][]): string {
	const lines = ['conversation_id,handed_off_at,ai_version'];
	for (let day = 0; day < days; day++)
		for (const [version, n] of versionsOf(day))
			for (let i = 0; i < n; i++)
				lines.push(
					`${String(day)}-${version}-${String(i)},${dayAt(day)}T10:${String(i % 60).padStart(2, '0')}:00Z,${version}`
				);
	return lines.join('\n') + '\n';
}

describe('AI versions', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open({ timezone: 'Pacific/Auckland' });
		await store.import(
			'log.csv',
			log(60, (day) => [
				// From the start: no mark.
				['one', day < 30 ? 18 : 0],
				// On trial with 1 of 20 from day 10 on, in service from day 30 on.
				['two', day >= 30 ? 17 : day >= 10 ? 1 : 0],
				// One day with a tenth, and never again.
				['once', day === 20 ? 4 : 0],
				// A tenth of each day from day 40 on, but 2 a day are only 14 in a week.
				['thin', day >= 40 && day < 47 ? 2 : 0],
				['', 1]
			])
		);
	});
	afterAll(() => store.close());

	test('are marked on their first day in service, not on the first day of a trial', async () => {
		const versions = (await readMarks()).filter(({ kind }) => kind === 'version');
		// 10:00 in UTC is 22:00 of the same day in Auckland.
		expect(versions).toEqual([{ kind: 'version', day: dayAt(30), name: 'two' }]);
	});

	test('and imports on the day of the team’s clock, by the name of the file', async () => {
		const imports = (await readMarks()).filter(({ kind }) => kind === 'import');
		const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Auckland' });
		expect(imports).toEqual([
			{ kind: 'import', day: today.format(new Date()), name: 'log.csv' }
		]);
	});
});

describe('fixes', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
		const topics = ['Refunds', 'Delivery'];
		await store.importRows(
			'log',
			topics.map((topic) => ({
				conversation_id: topic,
				handed_off_at: `${dayAt(0)}T10:00:00Z`,
				topic
			}))
		);
		await saveFix({ what: 'Article', done_on: dayAt(9), topic: 'Refunds' });
		await saveFix({ what: 'Tracking', done_on: dayAt(2), topic: 'Delivery' });
		await saveFix({ what: 'Mistaken', done_on: dayAt(3), topic: 'Delivery' });
	});
	afterAll(() => store.close());
	const fixes = async (topics?: string[]) =>
		(await readMarks(topics)).filter(({ kind }) => kind === 'fix');

	test('that stand are marked on their day with their topic, as they stand now', async () => {
		await editFix(1, { what: 'Article of refunds' });
		await withdrawFix(3);
		expect(await fixes()).toEqual([
			{ kind: 'fix', day: dayAt(2), name: 'Tracking', topic: 'Delivery' },
			{ kind: 'fix', day: dayAt(9), name: 'Article of refunds', topic: 'Refunds' }
		]);
	});

	test('of other topics than those chosen are not marked', async () => {
		expect((await fixes(['Refunds'])).map(({ topic }) => topic)).toEqual(['Refunds']);
		expect(await fixes([''])).toEqual([]);
		expect(await fixes(['Refunds', 'Delivery'])).toHaveLength(2);
	});

	test('stand before the imports of a later day', async () => {
		expect((await readMarks()).map(({ kind }) => kind)).toEqual(['fix', 'fix', 'import']);
	});
});

test('an empty store has no marks', async () => {
	const store = await TestStore.open();
	expect(await readMarks()).toEqual([]);
	await store.close();
});
