import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withConnection } from '../../../src/lib/server/store/engine.ts';
import { measure } from '../../../src/lib/server/measure/measure.ts';
import { exportReviews, importReviews } from '../../../src/lib/server/reviews/reviewImport.ts';
import { readReview, saveReview, withdrawReview } from '../../../src/lib/server/reviews/reviews.ts';
import { ever, TestStore } from '../store.ts';

const handoff = (id: string, cells: Record<string, string> = {}) => ({
	handoff_id: id,
	conversation_id: `conversation of ${id}`,
	handed_off_at: '2026-11-09T12:00:00Z',
	...cells
});

async function rows(sql: string) {
	const found = await withConnection((connection) => connection.runAndReadAll(sql));
	return found.getRowObjectsJS();
}

const every = () => rows('select * from reviews order by all');

describe('reviews in a file', () => {
	let store: TestStore;
	beforeEach(async () => {
		store = await TestStore.open();
		await store.importRows('log', [handoff('a'), handoff('b'), handoff('c')]);
	});
	afterEach(() => store.close());

	const take = async (text: string, dryRun = false) => {
		const path = join(store.logs, 'reviews.txt');
		await writeFile(path, text);
		return importReviews({ path, dryRun });
	};
	const effects = { added: 0, older: 0, ended: 0, unchanged: 0 };

	it.each(['csv', 'ndjson'] as const)(
		'as %s bring back what was given, replaced and withdrawn, into an empty table, once',
		async (format) => {
			await saveReview({ handoff_id: 'a', necessary: true, note: '=1+1', reviewer: 'Ann' });
			await saveReview({ handoff_id: 'a', necessary: false, lacked: 'empathy' });
			await saveReview({ handoff_id: 'b', necessary: null, note: 'two\r\nlines' });
			await saveReview({ handoff_id: 'c', necessary: true });
			await withdrawReview('c');
			const before = await every();
			const text = await exportReviews(format);
			await rows('delete from reviews');
			const first = await take(text);
			expect(first).toMatchObject({ lines: 4, effects: { ...effects, added: 2, older: 2 } });
			expect(await every()).toEqual(before);
			expect(await take(text)).toMatchObject({ effects: { ...effects, unchanged: 4 } });
			expect(await every()).toEqual(before);
		}
	);

	it('count in avoidable_share, and a review given here after them holds', async () => {
		const line = (id: string, necessary: boolean) =>
			JSON.stringify({ handoff_id: id, necessary, reviewed_at: '2026-11-10T12:00:00Z' });
		await saveReview({ handoff_id: 'b', necessary: true });
		await take([line('a', false), line('b', false)].join('\n'));
		const [row] = await measure(ever, ['avoidable_share']);
		// Of a not needed; of b the review of today goes before that of the file.
		expect(row?.values.avoidable_share).toMatchObject({ value: 1 / 2, n: 2 });
		await saveReview({ handoff_id: 'a', necessary: null });
		expect(await readReview('a')).toMatchObject({ necessary: null });
	});

	it('are followed by a review given here also where their clock was ahead', async () => {
		const ahead = new Date(Date.now() + 3_600_000).toISOString();
		await take(JSON.stringify({ handoff_id: 'a', necessary: false, reviewed_at: ahead }));
		await saveReview({ handoff_id: 'a', necessary: true });
		expect(await readReview('a')).toMatchObject({ necessary: true });
		const text = await exportReviews('csv');
		await rows('delete from reviews');
		expect(await take(text)).toMatchObject({ refused: [], effects: { added: 1, older: 1 } });
		expect(await readReview('a')).toMatchObject({ necessary: true });
	});

	it('of unknown handoffs are said and kept until the log holds these', async () => {
		const at = '2026-11-10T12:00:00Z';
		const line = (id: string) =>
			JSON.stringify({ handoff_id: id, necessary: false, reviewed_at: at });
		const done = await take(['later', 'a', 'never'].map(line).join('\n'));
		expect(done.unknown).toEqual(['later', 'never']);
		await store.importRows('more', [handoff('later')]);
		expect(await readReview('later')).toMatchObject({ necessary: false });
	});

	it('change nothing in a dry run, which says the same', async () => {
		await saveReview({ handoff_id: 'a', necessary: true });
		const text = JSON.stringify({
			handoff_id: 'a',
			necessary: false,
			reviewed_at: new Date(Date.now() + 60_000).toISOString()
		});
		const before = await every();
		const dry = await take(text, true);
		expect(await every()).toEqual(before);
		expect(await take(text)).toEqual({ ...dry, dryRun: false });
		expect(await readReview('a')).toMatchObject({ necessary: false });
	});

	it('hold once where a handoff was reviewed under both of its ids', async () => {
		const unnamed = { conversation_id: 'talk', handed_off_at: '2026-11-10T12:00:00Z' };
		await store.importRows('unnamed', [unnamed]);
		const [made] = await rows(`select handoff_id from handoffs where conversation_id = 'talk'`);
		await take(
			JSON.stringify({
				handoff_id: 'given',
				necessary: true,
				reviewed_at: '2026-11-11T12:00:00Z'
			})
		);
		await saveReview({ handoff_id: made?.['handoff_id'], necessary: false });
		await store.importRows('named', [{ ...unnamed, handoff_id: 'given' }]);
		expect(await readReview('given')).toMatchObject({ necessary: false });
		expect(await rows('select count(*)::int as n from reviews where ended_at is null')).toEqual(
			[{ n: 1 }]
		);
		expect(await rows('select count(*)::int as n from reviews')).toEqual([{ n: 2 }]);
	});

	it('are refused as a whole where the file is not there or is no text', async () => {
		await expect(importReviews({ path: join(store.logs, 'nope') })).rejects.toThrow(
			'does not exist'
		);
		await writeFile(join(store.logs, 'old.csv'), Buffer.from([0x68, 0xe4, 0x0a]));
		await expect(importReviews({ path: join(store.logs, 'old.csv') })).rejects.toThrow(
			'is not UTF-8'
		);
	});
});
