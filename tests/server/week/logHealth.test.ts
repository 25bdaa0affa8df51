import { afterAll, beforeAll, expect, it } from 'vitest';
import { healthWords, wholeLogAddress } from '../../../src/lib/logHealth.ts';
import type { Counted } from '../../../src/lib/said.ts';
import { readAsked } from '../../../src/lib/server/handoffs/asked.ts';
import { readHandoffs } from '../../../src/lib/server/handoffs/handoffs.ts';
import { readChoice } from '../../../src/lib/server/scope/scope.ts';
import { readExtent, readHealth, readLog } from '../../../src/lib/server/store/log.ts';
import { TestStore } from '../store.ts';

let store: TestStore;
beforeAll(async () => {
	store = await TestStore.open();
});
afterAll(() => store.close());

const at = { started_at: '2026-11-10T10:00:00Z', handed_off_at: '2026-11-10T10:05:00Z' };
/** Every field of a handoff that log health tells of. */
const whole = {
	trigger: 'low_confidence',
	topic: 'Billing',
	customer_id: 'c',
	wait_after_s: 60,
	outcome: 'resolved',
	context: 'summary|intent',
	csat: 5
};
/** Each of them without one field: as many handoffs as its place says. */
const odd = Object.keys(whole).flatMap((field, index) =>
	Array.from({ length: index + 1 }, () => ({ ...whole, [field]: '' }))
);

it('a number of log health leads to its handoffs in the whole log', async () => {
	const rows: Record<string, string | number>[] = [
		...odd.map((row, index) => ({ handoff_id: `h${index}`, ...at, ...row })),
		{ handoff_id: 'a', ...at, ...whole, trigger: 'gut_feeling', route: 'topic' },
		{ handoff_id: 'b', ...at, ...whole, trigger: 'moon_phase', wait_before_s: 900 },
		{ handoff_id: 'c', ...whole, handed_off_at: '2026-06-01T10:00:00Z', trigger: 'moon_phase' }
	];
	await store.importRows(
		'odd',
		rows.map((row) => ({ conversation_id: row.handoff_id ?? '', ...row }))
	);
	const log = await readLog();
	const listed = async (of: Omit<Counted, 'words'>) => {
		const { searchParams } = new URL(wholeLogAddress(log, of), 'http://seam.test');
		const page = await readHandoffs(readChoice(searchParams), readAsked(searchParams), log);
		expect(page?.notes).toEqual([]);
		return page?.total;
	};
	const { said, carried } = healthWords(log, await readHealth(await readExtent()));
	const totals: Record<string, number | undefined> = {};
	for (const part of said.flat())
		if (typeof part !== 'string') totals[part.words] = await listed(part);
	expect(totals).toEqual({ '1 handoff': 1, '3 handoffs': 3 });
	expect(said.flat().filter((part) => typeof part !== 'string')).toHaveLength(3);
	const without: Record<string, number | undefined> = {};
	for (const one of carried)
		without[one.field] = one.without === null ? 0 : await listed(one.without);
	expect(without).toEqual(
		Object.fromEntries(Object.keys(whole).map((field, index) => [field, index + 1]))
	);
});
