import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '../../../src/lib/dates.ts';
import type { Fix } from '../../../src/lib/fix.ts';
import {
	editFix,
	readFixes,
	readFixVersions,
	saveFix,
	withdrawFix
} from '../../../src/lib/server/fixes/fixes.ts';
import { closeEngine, engine, withConnection } from '../../../src/lib/server/store/engine.ts';
import { smallSample, TestStore } from '../store.ts';

const given = { what: 'Article rewritten', done_on: '2026-10-05', topic: 'Refunds' };

/** A log with topics, of handoffs and of one conversation that the AI had alone. */
const log = ['Refunds', 'Returns', 'Delivery'].map((topic, at) => ({
	handoff_id: `h${at}`,
	conversation_id: `c${at}`,
	handed_off_at: '2026-11-09T12:00:00Z',
	topic
}));

const refusalOf = (work: Promise<unknown>) =>
	work.then(
		() => 'nothing was refused',
		(error: Error) => error.message
	);
const refusal = (change: object) => refusalOf(saveFix({ ...given, ...change }));

/** The whole table, asked of it without any query file. */
async function rows(): Promise<unknown[]> {
	const found = await withConnection((connection) =>
		connection.runAndReadAll('from fixes order by fix_id, recorded_at')
	);
	return found.getRowObjectsJson();
}

let store: TestStore;
afterEach(() => store.close());

describe('a fix', () => {
	beforeEach(async () => {
		store = await TestStore.open({ timezone: 'UTC' });
		await store.importRows('log', log);
	});

	it('is read as it was given, in one line and without what is empty', async () => {
		const saved = await saveFix({
			...given,
			what: ' Article\n rewritten\u001b ',
			who: '  ',
			link: 'https://kb.example.com/refunds?a=1'
		});
		expect(saved).toEqual({
			fix_id: 1,
			...given,
			who: null,
			link: 'https://kb.example.com/refunds?a=1',
			phrase_group: null,
			recorded_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/) as string,
			ended_at: null
		});
		expect(await readFixes()).toEqual([saved]);
	});

	it('may be of a topic that only conversations of the AI alone name', async () => {
		await store.importRows('alone', [
			{
				conversation_id: 'x',
				started_at: '2026-11-09T12:00:00Z',
				topic: 'Invoices',
				outcome: 'resolved'
			}
		]);
		expect((await saveFix({ ...given, topic: 'Invoices' })).topic).toBe('Invoices');
	});

	it('is listed by its day, and by topic where one is asked for', async () => {
		await saveFix({ ...given, what: 'later', done_on: '2026-10-09' });
		await saveFix({ ...given, what: 'other', topic: 'Returns' });
		await saveFix({ ...given, what: 'earlier', done_on: '2026-09-01' });
		const names = (fixes: Fix[]) => fixes.map(({ what }) => what);
		expect(names(await readFixes())).toEqual(['earlier', 'other', 'later']);
		expect(names(await readFixes(['Refunds']))).toEqual(['earlier', 'later']);
		expect(names(await readFixes(['Refunds', 'Returns']))).toHaveLength(3);
		expect(await readFixes([''])).toEqual([]);
	});

	it('is refused with the value at fault, and then nothing is saved', async () => {
		expect(await refusal({ what: ' ' })).toBe('what is empty.');
		expect(await refusal({ what: undefined })).toBe('what is missing, not a text.');
		expect(await refusal({ what: 'x'.repeat(201) })).toBe(
			'what is longer than 200 characters.'
		);
		expect(await refusal({ who: 'x'.repeat(81) })).toBe('who is longer than 80 characters.');
		expect(await refusal({ done_on: '2026-02-30' })).toBe(
			'done_on is “2026-02-30”, not a date such as 2026-10-05.'
		);
		expect(await refusal({ done_on: '1900-01-01' })).toBe(
			'done_on is “1900-01-01”, not a day since 1970-01-01.'
		);
		expect(await refusal({ colour: 'red' })).toMatch(
			/^the fix has no field colour; fixes have /
		);
		expect(await refusalOf(saveFix(null))).toBe('the fix is not an object with fields.');
		expect(await rows()).toEqual([]);
	});

	it('has an http or https address as its link, or is refused', async () => {
		for (const link of [
			'javascript:alert(1)',
			'JavaScript:alert(1)',
			'data:text/html,x',
			'//example.com',
			'kb.example.com',
			'https:example.com',
			'https://',
			'https://example.com/a b',
			'java\nscript:alert(1)'
		])
			expect(await refusal({ link })).toMatch(
				/^link is “.*not an address that begins with http/
			);
	});

	it('with a link of 500 characters is taken, of 501 refused', async () => {
		const of = (length: number) => 'http://example.com/'.padEnd(length, 'x');
		expect((await saveFix({ ...given, link: of(500) })).link).toHaveLength(500);
		expect(await refusal({ link: of(501) })).toBe('link is longer than 500 characters.');
	});

	it('may be of today on the team’s clock, and of no later day', async () => {
		await closeEngine();
		await store.settings({ timezone: 'Pacific/Kiritimati' });
		// 14 hours ahead of UTC: often a day ahead of this machine.
		const zone = { timeZone: 'Pacific/Kiritimati' };
		const today = new Intl.DateTimeFormat('en-CA', zone).format(new Date());
		expect((await saveFix({ ...given, done_on: today })).done_on).toBe(today);
		const tomorrow = addDays(today, 1);
		expect(await refusal({ done_on: tomorrow })).toBe(
			`done_on is ${tomorrow}, which lies in the future: today is ${today} in Pacific/Kiritimati.`
		);
	});

	it('of a topic that the log does not hold is refused with the nearest ones', async () => {
		expect(await refusal({ topic: 'refunds' })).toBe(
			'topic is “refunds”, which the log does not hold. Nearest: Refunds, Returns, Delivery.'
		);
		expect(await refusal({ topic: 'Delivry' })).toContain('Nearest: Delivery, ');
	});

	it('can be edited: the version before stays, its number too', async () => {
		const first = await saveFix({ ...given, who: 'Ann', link: 'https://example.com/' });
		const second = await editFix(1, { done_on: '2026-10-06', who: '', link: null });
		expect(second).toMatchObject({ ...first, ...second, fix_id: 1, what: given.what });
		expect(second).toMatchObject({ done_on: '2026-10-06', who: null, link: null });
		expect(await readFixes()).toEqual([second]);
		const [before, after] = await readFixVersions();
		expect({ ...before, ended_at: null }).toEqual(first);
		expect(before?.ended_at).not.toBeNull();
		expect(after).toEqual(second);
		expect(second.recorded_at > first.recorded_at).toBe(true);
	});

	it('that is edited to what it is stays one version', async () => {
		const saved = await saveFix(given);
		expect(await editFix(1, given)).toEqual(saved);
		expect(await rows()).toHaveLength(1);
	});

	it('is edited to nothing that could not be recorded', async () => {
		await saveFix(given);
		const before = await rows();
		expect(await refusalOf(editFix(1, {}))).toMatch(
			/^Nothing to change in fix 1: give one of what,/
		);
		expect(await refusalOf(editFix(1, { what: '' }))).toBe('what is empty.');
		expect(await refusalOf(editFix(1, { topic: 'Refund' }))).toContain('Nearest: Refunds, ');
		expect(await refusalOf(editFix(1, { link: 'javascript:0' }))).toContain('link is');
		expect(await refusalOf(editFix(1, { done_on: '2999-01-01' }))).toContain('in the future');
		expect(await refusalOf(editFix(2, { who: 'Ann' }))).toBe('No fix has the number 2.');
		expect(await rows()).toEqual(before);
	});

	it('can be withdrawn, once, and its number is given to no other', async () => {
		await saveFix(given);
		expect((await withdrawFix(1)).ended_at).not.toBeNull();
		expect(await readFixes()).toEqual([]);
		expect(await refusalOf(withdrawFix(1))).toBe(
			'Fix 1 was withdrawn; record it as a new one.'
		);
		expect(await refusalOf(editFix(1, { who: 'Ann' }))).toContain('was withdrawn');
		expect(await refusalOf(withdrawFix(7))).toBe('No fix has the number 7.');
		expect((await saveFix(given)).fix_id).toBe(2);
	});

	it('has a number of its own and one version that stands, however many write at once', async () => {
		const saved = await Promise.all(
			['a', 'b', 'c', 'd'].map((what) => saveFix({ ...given, what }))
		);
		expect(saved.map(({ fix_id }) => fix_id).sort()).toEqual([1, 2, 3, 4]);
		await Promise.all(['x', 'y', 'z'].map((what) => editFix(1, { what })));
		expect((await readFixes()).filter(({ fix_id }) => fix_id === 1)).toHaveLength(1);
	});

	it('outlives imports, changed settings, derived tables made anew and a restart', async () => {
		await saveFix(given);
		await editFix(1, { who: 'Ann' });
		await saveFix({ ...given, topic: 'Delivery' });
		await withdrawFix(2);
		const before = await rows();
		await store.importRows('log', log);
		await store.importRows('changed', [{ ...log[0], topic: 'Renamed' }]);
		await withConnection((connection) =>
			connection.run('drop table handoff_facts; drop table conversation_facts')
		);
		await closeEngine();
		await store.settings({ timezone: 'Asia/Tokyo', late_ai_attempts: 9 });
		await engine();
		expect(await rows()).toEqual(before);
		// Its topic has gone from the log; the rest of it can still be mended.
		expect((await editFix(1, { who: 'Ben' })).topic).toBe('Refunds');
	});

	it('can be recorded in a store that an earlier version made', async () => {
		await withConnection((connection) => connection.run('drop table fixes'));
		await closeEngine();
		await engine();
		expect((await saveFix(given)).fix_id).toBe(1);
	});
});

describe('fixes of the sample', () => {
	const real = [
		{ conversation_id: 'mine', handed_off_at: '2026-11-09T12:00:00Z', topic: 'Refunds' }
	];

	beforeEach(async () => {
		store = await TestStore.open();
		await store.importSample({ ...smallSample, weeks: 4, conversations: 1500 });
		await saveFix(given);
	});

	it('stay when the sample is imported again, and go with it when a real log comes', async () => {
		await store.importSample({ ...smallSample, weeks: 4, conversations: 1500 });
		expect(await readFixes()).toHaveLength(1);
		await store.importRows('trial', real, { dryRun: true });
		expect(await readFixes()).toHaveLength(1);
		await store.importRows('real', real);
		expect(await readFixes()).toEqual([]);
		expect((await saveFix(given)).fix_id).toBe(2);
		await store.importRows('later', real);
		expect(await readFixes()).toHaveLength(1);
	});

	it('go alone: what was recorded beside a real log stays', async () => {
		await store.importRows('beside', real, { keepSample: true });
		await saveFix({ ...given, what: 'of the real log' });
		const again = [{ ...real[0], conversation_id: 'other' }];
		expect((await store.importRows('real', again)).removedSample).toBe(true);
		expect((await readFixes()).map(({ what }) => what)).toEqual(['of the real log']);
	});
});

it('of a log without topics there is no fix', async () => {
	store = await TestStore.open();
	await store.importRows('log', [
		{ conversation_id: 'c', handed_off_at: '2026-11-09T12:00:00Z' }
	]);
	expect(await refusal({})).toBe('topic is “Refunds”, but the log names no topics.');
});
