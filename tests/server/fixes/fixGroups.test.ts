import { afterAll, beforeAll, expect, it } from 'vitest';
import { saveFix, withdrawFix } from '../../../src/lib/server/fixes/fixes.ts';
import { readFixVerdicts } from '../../../src/lib/server/fixes/fixVerdicts.ts';
import { readGap } from '../../../src/lib/server/gaps/gaps.ts';
import { mergePhrase } from '../../../src/lib/server/phrases/phraseEntries.ts';
import { readPhraseGroups } from '../../../src/lib/server/phrases/phraseGroups.ts';
import { groupQuestions } from '../../../src/lib/server/phrases/phraseJob.ts';
import { handoffsOf, questionsOf } from '../phrases/questions.ts';
import { ever, TestStore } from '../store.ts';

let store: TestStore;
let parcel: string;
let invoice: string;

beforeAll(async () => {
	store = await TestStore.open({ timezone: 'UTC' });
	// Of each matter one a day, from 13 July on, a Monday: twelve full weeks.
	const spread = (id: string, topic: string) =>
		(['parcel', 'invoice'] as const).flatMap((matter) =>
			handoffsOf(`${id}-${matter}`, questionsOf(matter, 86), { topic, route: 'failure' }).map(
				(row, at) => ({
					...row,
					handed_off_at: new Date(Date.UTC(2026, 6, 13 + at, 12)).toISOString()
				})
			)
		);
	await store.importRows('a', [...spread('a', 'Refunds'), ...spread('b', 'Returns')]);
	await groupQuestions();
	const { groups } = await readPhraseGroups(ever);
	const idOf = (word: RegExp) =>
		groups.find(({ topic, label }) => topic === 'Refunds' && word.test(label))?.id ?? '';
	[parcel, invoice] = [idOf(/parcel|courier|tracking/), idOf(/invoice|copy|vat/)];
});
afterAll(() => store.close());

const given = { what: 'Article', done_on: '2026-08-19', topic: 'Refunds' };

/** The topics that the first fix is held against, beside other fixes that are withdrawn again. */
async function heldAgainst(...beside: Partial<typeof given & { phrase_group: string }>[]) {
	const own = await saveFix({ ...given, phrase_group: parcel });
	const others = [];
	for (const one of beside) others.push(await saveFix({ ...given, ...one }));
	const verdict = (await readFixVerdicts()).find(({ fix }) => fix.fix_id === own.fix_id);
	for (const { fix_id } of [own, ...others]) await withdrawFix(fix_id);
	return verdict;
}

it('a group’s fix is held against the rest of its topic, unless that was fixed as well', async () => {
	// Of Refunds its other questions, and Returns.
	expect((await heldAgainst())?.others).toBe(2);
	expect((await heldAgainst({ phrase_group: parcel }))?.others).toBe(2);
	const elsewhere = { phrase_group: invoice, done_on: '2026-09-09' };
	for (const beside of [{}, { phrase_group: invoice }, elsewhere])
		expect((await heldAgainst(beside))?.others, JSON.stringify(beside)).toBe(1);
	expect((await heldAgainst({ topic: 'Returns' }))?.others).toBe(1);
});

it('a group’s fix within the weeks of its topic’s leaves that one’s numbers as they are, and is named', async () => {
	const topic = await saveFix(given);
	const verdictOf = async () =>
		(await readFixVerdicts()).find(({ fix }) => fix.fix_id === topic.fix_id);
	const alone = await verdictOf();
	const { fix_id, what } = await saveFix({
		...given,
		...{ done_on: '2026-09-02', phrase_group: parcel }
	});
	// Seven full weeks from 17 August to 4 October, less that of the fix; two failures a day.
	expect(alone).toMatchObject({ weeks: { since: 6 }, failures: { after: 6 * 14 } });
	expect(await verdictOf()).toEqual({
		...alone,
		groupFixes: [{ fix_id, what, done_on: '2026-09-02' }]
	});
	for (const id of [topic.fix_id, fix_id]) await withdrawFix(id);
});

it('fixes of groups that were merged since bound each other’s weeks', async () => {
	const later = { phrase_group: invoice, done_on: '2026-09-09' };
	expect((await heldAgainst(later))?.neighbours.after).toBeNull();
	await mergePhrase(invoice, parcel);
	expect((await heldAgainst(later))?.neighbours.after).toBe('2026-09-07');
});

it('a fix of a group that was merged since is one of the group that holds it, by all its failures', async () => {
	const { fix_id } = await saveFix({ ...given, phrase_group: invoice });
	const verdict = (await readFixVerdicts()).find(({ fix }) => fix.fix_id === fix_id);
	expect(verdict?.group).toBe(parcel);
	// One a day of each of the two: full weeks after that of the fix, up to 4 October.
	expect(verdict?.weeks.since).toBe(6);
	expect(verdict?.failures.after).toBe(6 * 14);
	const gap = await readGap(ever, 'Refunds', parcel);
	expect(gap?.fixes.map((fix) => fix.fix_id)).toEqual([fix_id]);
	expect(gap?.status).not.toBe('open');
	await withdrawFix(fix_id);
});
