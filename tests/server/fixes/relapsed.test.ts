import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays } from '../../../src/lib/dates.ts';
import { isOfChoice } from '../../../src/lib/gaps.ts';
import { listFixes } from '../../../src/lib/server/fixes/fixFile.ts';
import { readFixLedger, writeFixLedger } from '../../../src/lib/server/fixes/fixLedger.ts';
import { saveFix } from '../../../src/lib/server/fixes/fixes.ts';
import { answerGaps, gapsParameters } from '../../../src/lib/server/gaps/gapFile.ts';
import { readGap } from '../../../src/lib/server/gaps/gaps.ts';
import { readGapsChoice, readGapsPage } from '../../../src/lib/server/gaps/gapsPage.ts';
import { readGapPage } from '../../../src/lib/server/gaps/oneGap.ts';
import { readChoice } from '../../../src/lib/server/scope/scope.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import { handoffsOf, questionsOf } from '../phrases/questions.ts';
import { ever, TestStore } from '../store.ts';

/** A Monday; the week of the fix; and the one from which the gap is back. */
const monday = '2026-05-04';
const [fixed, back, weeks] = [12, 22, 26];
const backOn = addDays(monday, 7 * back);
const wave = [0, 2, -2, 1, 3, -1, -3];
const others = ['Returns', 'Delivery', 'Payment', 'Account', 'Warranty', 'Privacy'];

let store: TestStore;

beforeAll(async () => {
	store = await TestStore.open({ timezone: 'UTC' });
	const week = (topic: string, at: number, failures: number) =>
		handoffsOf(`${topic}-${at}`, questionsOf('invoice', failures), {
			topic,
			route: 'failure'
		}).map((row, place) => ({
			...row,
			question: '',
			handed_off_at: `${addDays(monday, 7 * at + (place % 7))}T12:00:00Z`
		}));
	const rows = Array.from({ length: weeks }, (_, at) => [
		...others.flatMap((topic, row) =>
			week(topic, at, 20 + (wave[(at + 2 * row) % wave.length] ?? 0))
		),
		// A fix that halves failures, until they return.
		...week('Refunds', at, (at > fixed && at < back ? 14 : 28) + (at % 3) - 1)
	]).flat();
	await store.importRows('log', rows);
	await saveFix({
		what: 'Refund article',
		done_on: addDays(monday, 7 * fixed + 2),
		topic: 'Refunds'
	});
});
afterAll(() => store.close());

it('a gap that returns ten weeks after its fix is relapsed, since the same week, wherever it is told', async () => {
	const { fixes } = await readFixLedger();
	const [judged] = fixes;
	expect(judged).toMatchObject({ status: 'relapsed', back: { isBack: true, since: backOn } });

	const [listed] = await listFixes({ all: 'no' });
	expect(listed).toMatchObject({ status: 'relapsed', back_since: backOn });
	expect(listed?.verdict).toMatch(
		/^Relapsed: verified by the first \d+ full weeks, but .* is back in the last 4 weeks, since about the week of 5 Oct 2026\.$/
	);
	const [, line] = writeFixLedger(fixes, () => '').split('\r\n');
	expect(line).toContain(`,relapsed,${backOn},`);
	// The log has no handle times.
	const isUnknown = { hours: null, hours_low: null, hours_high: null };
	expect(listed).toMatchObject({ averted: judged?.averted?.value, ...isUnknown });

	const gap = await readGap(ever, 'Refunds', null);
	expect(gap).toMatchObject({
		status: 'relapsed',
		fixes: [{ status: 'relapsed', backSince: backOn }]
	});
	const asked = gapsParameters.parse({ ...ever, all: 'yes', topic: ['Refunds'] });
	expect(JSON.parse(await answerGaps(asked, null))).toMatchObject([{ status: 'relapsed' }]);
	expect(await answerGaps({ ...asked, format: 'markdown' }, null)).toContain(
		'Relapsed, since about the week of 5 Oct 2026.'
	);

	// Found by its status though it is no gap, on the page as in files.
	expect(gap).toMatchObject({ isGap: false, emerging: null });
	const ofStatus = gapsParameters.parse({ ...ever, status: ['relapsed'] });
	expect(JSON.parse(await answerGaps(ofStatus, null))).toMatchObject([
		{ gap: 'Refunds', called: 'none' }
	]);
	const markdown = await answerGaps({ ...ofStatus, format: 'markdown' }, null);
	expect(markdown).toContain('No gap over the period, but in the list: Refunds.');
	const list = await readGapsPage(
		readGapsChoice(readChoice(new URLSearchParams()), new URLSearchParams('status=relapsed')),
		await readLog()
	);
	expect(list?.gaps.filter((one) => isOfChoice(one, list.choices))).toMatchObject([
		{ id: 'Refunds' }
	]);

	const page = await readGapPage(
		{ topic: 'Refunds', phrase: null },
		readChoice(new URLSearchParams()),
		await readLog()
	);
	if (page === 'unknown' || page === null) throw new Error('The gap has no page.');
	expect(page.gap?.status).toBe('relapsed');
	expect(page.fixes).toMatchObject([{ status: 'relapsed', back: { since: backOn } }]);
});
