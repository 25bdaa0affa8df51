import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editFix, readFixes, saveFix } from '../../../src/lib/server/fixes/fixes.ts';
import { dismissPhrase, mergePhrase } from '../../../src/lib/server/phrases/phraseEntries.ts';
import { groupQuestions } from '../../../src/lib/server/phrases/phraseJob.ts';
import { withConnection } from '../../../src/lib/server/store/engine.ts';
import { handoffsOf, questionsOf } from '../phrases/questions.ts';
import { TestStore } from '../store.ts';

const given = { what: 'Article rewritten', done_on: '2026-10-12', topic: 'Refunds' };
const words = [...questionsOf('parcel', 40), ...questionsOf('invoice', 40)];

let store: TestStore;
/** Of Refunds and of Returns: the groups of parcel and of invoice. */
let parcel: string;
let invoice: string;
let other: string;

/** The group of a handoff, asked of the tables. */
async function groupOf(handoff: string): Promise<string> {
	const found = await withConnection((connection) =>
		connection.runAndReadAll(
			`select 'p' || model || '-' || n from phrase_members where handoff_id = $handoff`,
			{ handoff }
		)
	);
	return String(found.getRows()[0]?.[0]);
}

beforeAll(async () => {
	store = await TestStore.open({ timezone: 'UTC' });
	await store.importRows('a', handoffsOf('a', words));
	await store.importRows('b', handoffsOf('b', words, { topic: 'Returns' }));
	await store.importRows('c', handoffsOf('c', ['x'], { topic: 'Delivery' }));
	await groupQuestions();
	[parcel, invoice, other] = [await groupOf('a-0'), await groupOf('a-40'), await groupOf('b-0')];
});
afterAll(() => store.close());

const refusal = (work: Promise<unknown>) =>
	work.then(
		() => 'nothing was refused',
		(error: Error) => error.message
	);

describe('the phrase group of a fix', () => {
	it('is one of its topic, or the fix is refused with those that there are', async () => {
		const before = await readFixes();
		for (const id of ['g-7', 'p9-1']) {
			const said = await refusal(saveFix({ ...given, phrase_group: id }));
			expect(said).toContain(`phrase_group is “${id}”`);
			expect(said).toContain(parcel);
			expect(said).toContain(invoice);
			expect(said).not.toContain(other);
		}
		expect(await refusal(saveFix({ ...given, phrase_group: other }))).toMatch(
			/which is of the topic “Returns”, not of “Refunds”\. “Refunds” has p/
		);
		expect(
			await refusal(saveFix({ ...given, topic: 'Delivery', phrase_group: parcel }))
		).toMatch(/“Delivery” has no phrase groups: leave it out/);
		expect(await readFixes()).toEqual(before);
	});

	it('moves with the topic in an edit, or the edit is refused; what stays is not asked again', async () => {
		const { fix_id } = await saveFix({ ...given, phrase_group: parcel });
		expect(await refusal(editFix(fix_id, { topic: 'Returns' }))).toContain(
			'of the topic “Refunds”, not of “Returns”'
		);
		const moved = await editFix(fix_id, { topic: 'Returns', phrase_group: other });
		expect(moved).toMatchObject({ topic: 'Returns', phrase_group: other });
		await dismissPhrase(other);
		expect((await editFix(fix_id, { who: 'Ann' })).phrase_group).toBe(other);
		expect(await refusal(saveFix({ ...given, topic: 'Returns', phrase_group: other }))).toMatch(
			new RegExp(`which is dismissed: .*seam phrases accept ${other}`)
		);
	});

	it('may be one that was merged into another', async () => {
		await mergePhrase(invoice, parcel);
		expect((await saveFix({ ...given, phrase_group: invoice })).phrase_group).toBe(invoice);
	});
});
