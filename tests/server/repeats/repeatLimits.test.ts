import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ifSeen } from '../../../src/lib/components/repeats/repeatWords.ts';
import { measure } from '../../../src/lib/server/measure/measure.ts';
import { gotReply, waitAfter } from '../../second/facts.ts';
import type { Handoff } from '../../second/records.ts';
import { localDay } from '../../second/clock.ts';
import { TestStore } from '../store.ts';
import { Contacts, day, pageAt } from './byHand.ts';

let store: TestStore;
let seen: Contacts;
beforeAll(async () => {
	store = await TestStore.open();
	seen = new Contacts(await store.importSample());
});
afterAll(() => store.close());

describe('containment', () => {
	it('never stands without false containment, and both are those of the metrics', async () => {
		const page = await pageAt();
		const { from, to } = page;
		const rows = await measure(
			{ from, to },
			['containment_rate', 'false_containment_rate'],
			['topic']
		);
		const topics = page.containment?.topics ?? [];
		expect(topics.length).toBeGreaterThan(5);
		for (const { topic, containment, falseContainment, seen: back } of topics) {
			const row = rows.find(({ by }) => by.topic === topic);
			expect(containment).toEqual(row?.values.containment_rate);
			expect(falseContainment).toEqual(row?.values.false_containment_rate);
			const own = seen
				.inPeriod(page)
				.filter((one) => one.path === 'ai_only' && one.topic === topic);
			expect(back).toBe(
				seen.watched(own, 'same').filter(({ kind, days }) => kind && days <= 7).length
			);
		}
		expect(page.containment?.all.seen).toBe(topics.reduce((sum, row) => sum + row.seen, 0));
	});

	it('is not said under a filter that conversations do not carry', async () => {
		expect((await pageAt('route=failure')).containment).toBeNull();
	});
});

describe('how far the log can see', () => {
	const waitsOf = (rows: Handoff[]) =>
		rows
			.filter(gotReply)
			.flatMap((row) => waitAfter(row) ?? [])
			.sort((a, b) => a - b);
	const medianOf = (sorted: number[]) => {
		const middle = (sorted.length - 1) / 2;
		return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
	};

	it('equals a count over the lines', async () => {
		const page = await pageAt();
		const rows = seen.inPeriod(page).filter(({ path }) => path !== 'record');
		for (const found of page.limits.paths) {
			const own = rows.filter(({ path }) => path === found.path);
			expect(found.contacts).toBe(own.length);
			expect(found.withoutCustomer).toBe(own.filter((one) => one.customer === null).length);
			expect(found.followed).toBe(own.filter(seen.isFollowed).length);
			expect(found.watchable).toBe(
				own.filter((one) => seen.isFollowed(one) && seen.logEnd - one.ended >= 7 * day)
					.length
			);
		}
		const known = rows.filter(({ customer }) => customer !== null);
		expect(page.limits.identified).toBeCloseTo(known.length / rows.length, 12);
	});

	it('compares handoffs with and without an id', async () => {
		const page = await pageAt();
		const own = seen.handoffs.filter(({ handed_off_at }) => {
			const date = localDay(handed_off_at, 'Europe/Berlin');
			return date >= page.from && date < page.to;
		});
		expect(page.limits.compared).toHaveLength(2);
		for (const row of page.limits.compared) {
			const rows = own.filter(({ customer_id }) => (customer_id !== null) === row.isKnown);
			expect(row.handoffs).toBe(rows.length);
			expect(row.customers).toBe(
				new Set(rows.flatMap(({ customer_id }) => customer_id ?? [])).size
			);
			// Nothing tells whether a handoff without a wait and without such an end was answered.
			const answered = rows.filter((one) => !gotReply(one) || waitAfter(one) !== null);
			expect(row.answered).toEqual({
				hits: answered.filter(gotReply).length,
				n: answered.length
			});
			const waits = waitsOf(rows);
			expect(row.wait.p50).toBeCloseTo(medianOf(waits), 9);
			expect(row.longWaits).toEqual({
				hits: waits.filter((wait) => wait > medianOf(waitsOf(own))).length,
				n: waits.length
			});
			const share = ({ hits, n }: { hits: number; n: number }) => hits / n;
			const [known, without] = page.limits.compared;
			if (!known || !without) throw new Error('both kinds');
			expect(page.limits.longWaitDifference?.value).toBeCloseTo(
				share(without.longWaits) - share(known.longWaits),
				12
			);
		}
	});

	it('an id on every contact hides nothing; on half of them, the share not back is its square', () => {
		expect(ifSeen(0.2, 1)).toBeCloseTo(0.2, 12);
		expect(ifSeen(0.2, 0.5)).toBeCloseTo(1 - 0.8 * 0.8, 12);
	});
});

describe('a log in which nobody can be followed', () => {
	let bare: TestStore;
	beforeAll(async () => {
		bare = await TestStore.open();
		await bare.importRows('h', [
			{ conversation_id: 'a', handed_off_at: '2026-11-02T10:00:00Z', topic: 'Refunds' },
			{ conversation_id: 'b', handed_off_at: '2026-11-09T10:00:00Z', customer_id: 'x' }
		]);
	});
	afterAll(() => bare.close());

	it('has a page without curves, groups and destinations, and says what it lacks', async () => {
		const page = await pageAt();
		expect(page.handoffs).toBe(2);
		expect([page.curves, page.groups.groups, page.series, page.destinations]).toEqual([
			[],
			[],
			[],
			[]
		]);
		expect(page.limits.paths).toMatchObject([{ contacts: 2, withoutCustomer: 1, followed: 0 }]);
		expect(page.defaultBy).toBe('topic');
	});

	it('has no handoffs in a week without any', async () => {
		expect((await pageAt('week=2026-10-05&weeks=1')).handoffs).toBe(0);
	});
});
