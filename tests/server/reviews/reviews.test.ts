import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fieldsOf } from '../../../ingest/contract.ts';
import { lackedChoices } from '../../../src/lib/handoff.ts';
import { closeEngine, engine, withConnection } from '../../../src/lib/server/store/engine.ts';
import { measure } from '../../../src/lib/server/measure/measure.ts';
import {
	readReview,
	readReviews,
	saveReview,
	withdrawReview
} from '../../../src/lib/server/reviews/reviews.ts';
import { expectAgreement } from '../../queries/agree.ts';
import { readConversations, readHandoffs } from '../../second/records.ts';
import { ever, TestStore } from '../store.ts';

const handoff = (id: string, cells: Record<string, string> = {}) => ({
	handoff_id: id,
	conversation_id: `conversation of ${id}`,
	handed_off_at: '2026-11-09T12:00:00Z',
	...cells
});

const refusal = (given: unknown) =>
	saveReview(given).then(
		() => 'nothing was refused',
		(error: Error) => error.message
	);

async function rows(sql: string) {
	const found = await withConnection((connection) => connection.runAndReadAll(sql));
	return found.getRowObjectsJS();
}

describe('a review', () => {
	let store: TestStore;
	const log = [
		handoff('a', { necessary: 'true', lacked: 'authority' }),
		handoff('b', { necessary: 'false' }),
		handoff('c')
	];
	beforeEach(async () => {
		store = await TestStore.open();
		await store.importRows('log', log);
	});
	afterEach(() => store.close());

	it('is read as it was given, trimmed, with empty words as none', async () => {
		await saveReview({
			handoff_id: 'a',
			necessary: false,
			lacked: 'information',
			note: ' the returns page says it \n',
			reviewer: '  '
		});
		expect(await readReview('a')).toEqual({
			handoff_id: 'a',
			necessary: false,
			lacked: 'information',
			note: 'the returns page says it',
			reviewer: null,
			reviewed_local: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/) as string
		});
		expect(await readReview('b')).toBeNull();
		expect([...(await readReviews(['a', 'b', 'nobody'])).keys()]).toEqual(['a']);
		expect((await readReviews([])).size).toBe(0);
	});

	it('takes the place of the one before, which stays in the table', async () => {
		await saveReview({ handoff_id: 'a', necessary: true, reviewer: 'Ann' });
		await saveReview({ handoff_id: 'a', necessary: null, reviewer: 'Ben' });
		expect(await readReview('a')).toMatchObject({ necessary: null, reviewer: 'Ben' });
		expect(
			await rows(
				'select reviewer, ended_at is null as holds from reviews order by reviewed_at'
			)
		).toEqual([
			{ reviewer: 'Ann', holds: false },
			{ reviewer: 'Ben', holds: true }
		]);
	});

	it('holds once, however many are saved at the same time', async () => {
		await Promise.all(
			[true, false, null, true].map((necessary) => saveReview({ handoff_id: 'a', necessary }))
		);
		expect(await rows('select count(*)::int as n from reviews where ended_at is null')).toEqual(
			[{ n: 1 }]
		);
	});

	it('can be withdrawn, once', async () => {
		await saveReview({ handoff_id: 'a', necessary: true });
		expect(await withdrawReview('a')).toBe(true);
		expect(await readReview('a')).toBeNull();
		expect(await withdrawReview('a')).toBe(false);
	});

	it('is refused with the name of what is off, and then nothing is saved', async () => {
		expect(await refusal({ handoff_id: 'nobody', necessary: true })).toBe(
			'No handoff has the id nobody.'
		);
		expect(await refusal({ handoff_id: 'a' })).toContain('necessary is missing');
		expect(await refusal({ handoff_id: 'a', necessary: 'maybe' })).toContain(
			'necessary is “maybe”'
		);
		expect(await refusal({ handoff_id: 'a', necessary: true, lacked: 'luck' })).toContain(
			'lacked is “luck”'
		);
		expect(
			await refusal({ handoff_id: 'a', necessary: true, note: 'x'.repeat(2001) })
		).toContain('note is longer than 2000');
		expect(await refusal({ handoff_id: 'a', necessary: true, colour: 'red' })).toContain(
			'colour'
		);
		expect(await rows('from reviews')).toEqual([]);
	});

	it('knows the lacks that the log knows', () => {
		const field = fieldsOf('handoff').find(({ name }) => name === 'lacked');
		for (const choice of lackedChoices)
			expect(field?.kind.read(choice)).toEqual({ value: choice });
		expect(field?.kind.name).toBe(`one of ${lackedChoices.join(' · ')}`);
	});

	it('goes before the verdict of the log, also where it cannot tell; withdrawn, the log holds', async () => {
		const avoidable = async () => {
			const [row] = await measure(ever, ['avoidable_share']);
			return row?.values.avoidable_share;
		};
		expect(await avoidable()).toMatchObject({ value: 1 / 2, n: 2, coverage: 2 / 3 });
		await saveReview({ handoff_id: 'a', necessary: false });
		expect(await avoidable()).toMatchObject({ value: 1, n: 2 });
		await saveReview({ handoff_id: 'b', necessary: null });
		expect(await avoidable()).toMatchObject({ value: 1, n: 1 });
		await saveReview({ handoff_id: 'c', necessary: true });
		expect(await avoidable()).toMatchObject({ value: 1 / 2, n: 2 });
		for (const id of ['a', 'b', 'c']) await withdrawReview(id);
		expect(await avoidable()).toMatchObject({ value: 1 / 2, n: 2, coverage: 2 / 3 });
	});

	it('outlives imports, changed settings and a restart', async () => {
		await saveReview({ handoff_id: 'b', necessary: true, note: 'kept' });
		const before = await rows('from reviews');
		await store.importRows('log', log);
		await store.importRows('more', [handoff('b', { necessary: 'false', csat: '1' })]);
		await closeEngine();
		await store.settings({ timezone: 'Asia/Tokyo', late_ai_attempts: 9 });
		await engine();
		expect(await rows('from reviews')).toEqual(before);
		expect(await readReview('b')).toMatchObject({ necessary: true, note: 'kept' });
	});

	it('goes along when a handoff gets the id that it lacked', async () => {
		const unnamed = { conversation_id: 'talk', handed_off_at: '2026-11-10T12:00:00Z' };
		await store.importRows('unnamed', [unnamed]);
		const [made] = await rows(`select handoff_id from handoffs where conversation_id = 'talk'`);
		await saveReview({ handoff_id: made?.['handoff_id'], necessary: false });
		await store.importRows('named', [{ ...unnamed, handoff_id: 'given' }]);
		expect(await readReview('given')).toMatchObject({ necessary: false });
	});

	it('can be given in a store that an earlier version made', async () => {
		await withConnection((connection) => connection.run('drop table reviews'));
		await closeEngine();
		await engine();
		await saveReview({ handoff_id: 'a', necessary: false });
		expect(await readReview('a')).toMatchObject({ necessary: false });
	});
});

describe('reviews of the sample', () => {
	let store: TestStore;
	let files: { handoffs: string; conversations: string };
	beforeAll(async () => {
		store = await TestStore.open();
		files = await store.importSample();
	});
	afterAll(() => store.close());

	it('count in avoidable_share as the second computation has it, in every group', async () => {
		const raw = readHandoffs(files.handoffs);
		const named = raw.flatMap(({ handoff_id }) => handoff_id ?? []).slice(0, 200);
		const verdicts = [true, false, false, null];
		const reviews = new Map(named.map((id, at) => [id, verdicts[at % 4] ?? null]));
		for (const [handoff_id, necessary] of reviews) await saveReview({ handoff_id, necessary });
		const handoffs = raw.map((row) => {
			const review = reviews.get(row.handoff_id ?? '');
			return review === undefined ? row : { ...row, necessary: review };
		});
		const conversations = readConversations(files.conversations);
		const valued = await expectAgreement(
			'avoidable_share',
			[
				{ by: [], filter: ever },
				{ by: ['week'], filter: ever },
				{ by: ['topic', 'channel'], filter: ever },
				{ by: ['trigger'], filter: { ...ever, channel: ['chat', ''] } }
			],
			{ handoffs, conversations, timezone: 'Europe/Berlin' }
		);
		expect(valued).toBeGreaterThan(20);
	});

	it('stay when the sample is imported again, and go with it when a real log comes', async () => {
		const [{ n } = { n: 0 }] = await rows('select count(*)::int as n from reviews');
		expect(n).toBeGreaterThan(100);
		await store.importSample();
		expect(await rows('select count(*)::int as n from reviews')).toEqual([{ n }]);
		const [first] = readHandoffs(files.handoffs);
		await store.importRows('real', [handoff(String(first?.handoff_id)), handoff('mine')]);
		expect(await rows('from reviews')).toEqual([]);
		await saveReview({ handoff_id: 'mine', necessary: true });
		await store.importRows('later', [handoff('other')]);
		expect(await readReview('mine')).toMatchObject({ necessary: true });
	});
});
