import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../src/lib/scope.ts';
import { readLog } from '../../../src/lib/server/store/log.ts';
import {
	filterOf,
	lastWeekOf,
	readChoice,
	readScope
} from '../../../src/lib/server/scope/scope.ts';
import { measure } from '../../../src/lib/server/measure/measure.ts';
import { TestStore } from '../store.ts';

const choose = (address: string) => readChoice(new URLSearchParams(address));

async function scopeAt(address = ''): Promise<Scope> {
	const scope = await readScope(choose(address), await readLog(), 26);
	if (!scope) throw new Error('no scope');
	return scope;
}

const countOf = async (period: { from: string; to: string }) =>
	(await measure(filterOf(period, {}), ['handoffs']))[0]?.values.handoffs.n ?? NaN;

const weekdayOf = (date: string) => new Date(`${date}T12:00:00Z`).getUTCDay();
const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

describe('a week', () => {
	it.each([
		['week=2026-11-09', '2026-11-09'],
		['week=2026-11-15', '2026-11-09'],
		['week=2026-W46', '2026-11-09'],
		['week=2026w53', '2026-12-28'],
		['week=', null],
		['', null]
	])('%s is read from the address', (address, week) => {
		expect(choose(address)).toMatchObject({ week, notes: [] });
	});

	it.each(['banana', '2026-W54', '2026-02-30', '1066-10-14', '46'])(
		'%s is left out with a sentence that names it',
		(text) => {
			const { week, notes } = choose(`week=${text}`);
			expect(week).toBeNull();
			expect(notes).toHaveLength(1);
			expect(notes[0]).toContain(`week=${text}`);
			expect(notes[0]).toContain('such as 2026-W46');
		}
	);
});

describe('a period by dates', () => {
	it.each([
		['from=2026-08-03&to=2026-09-13', { first: '2026-08-03', last: '2026-09-13' }],
		['from=2026-08-03&to=2026-08-03', { first: '2026-08-03', last: '2026-08-03' }],
		['from=2026-08-03', { first: '2026-08-03', last: null }],
		['to=2026-08-03', { first: null, last: '2026-08-03' }],
		['weeks=dates&week=2026-11-09&from=2026-08-03&to=', { first: '2026-08-03', last: null }]
	])('%s is read from the address', (address, dates) => {
		expect(choose(address)).toMatchObject({ dates, notes: [] });
	});

	it('stands where the number of weeks beside it is none that pages have, which is said', () => {
		const { dates, notes } = choose('weeks=7&from=2026-08-03&to=2026-08-09');
		expect(dates).toEqual({ first: '2026-08-03', last: '2026-08-09' });
		expect(notes).toEqual([expect.stringMatching(/^weeks=7 was left out: it takes 1, 4,/)]);
	});

	it('gives way to a number of weeks, which a form without scripts sends beside it', () => {
		expect(choose('weeks=13&week=2026-11-09&from=2026-08-03&to=2026-08-01')).toMatchObject({
			week: '2026-11-09',
			span: 13,
			dates: null,
			notes: []
		});
	});

	it.each([
		['from=2026-09-13&to=2026-08-03', '3 Aug 2026 comes before 13 Sep 2026'],
		['from=2026-02-29&to=2026-03-03', '“2026-02-29” is not a day'],
		['from=2026-02-01&to=tomorrow', '“tomorrow” is not a day'],
		['from=0001-01-01&to=2026-03-03', '“0001-01-01” is not a day between 1970 and 2100'],
		['from=2026-01-01&to=9999-12-31', '“9999-12-31” is not a day between 1970 and 2100'],
		["from=';drop table handoffs&to=", 'is not a day']
	])('%s is left out, and said', (address, why) => {
		const { dates, notes } = choose(address);
		expect(dates).toBeNull();
		expect(notes).toHaveLength(1);
		expect(notes[0]).toContain(`The dates were left out: `);
		expect(notes[0]).toContain(why);
	});

	it('on the page of a week is the week of its last day, and said', () => {
		const choice = lastWeekOf(choose('from=2026-08-03&to=2026-09-16'));
		expect(choice).toMatchObject({ week: '2026-09-14', span: 1, dates: null });
		expect(choice.notes).toEqual([
			'This page is of one week: the last one of the dates chosen.'
		]);
		expect(lastWeekOf(choose('week=2026-11-09&weeks=26'))).toMatchObject({
			week: '2026-11-09',
			span: 1,
			notes: []
		});
	});
});

describe('periods around the days on which clocks change', () => {
	const timeZone = 'Europe/Berlin';
	const localDay = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
	/** A handoff every 20 minutes around both changes of the clock, and some days of each month. */
	const moments = [
		...around('2026-03-29T00:00:00Z', 96),
		...around('2026-10-25T00:00:00Z', 96),
		...Array.from(
			{ length: 400 },
			(_, at) => Date.parse('2025-10-01T09:30:00Z') + at * 86_400_000
		)
	];
	let store: TestStore;

	function around(moment: string, hours: number): number[] {
		const start = Date.parse(moment) - (hours / 2) * 3_600_000;
		return Array.from({ length: hours * 3 }, (_, at) => start + at * 1_200_000);
	}

	/** Handoffs of local dates, both included, counted over the rows by the clock of the runtime. */
	const counted = (first: string, last: string) =>
		moments.filter((moment) => {
			const day = localDay.format(moment);
			return day >= first && day <= last;
		}).length;

	beforeAll(async () => {
		store = await TestStore.open({ timezone: timeZone });
		await store.importRows(
			'clocks',
			moments.map((moment, at) => ({
				conversation_id: `c${at}`,
				handed_off_at: new Date(moment).toISOString()
			}))
		);
	});
	afterAll(() => store.close());

	it.each([
		['2026-03-29', '2026-03-29'],
		['2026-03-28', '2026-03-29'],
		['2026-03-30', '2026-03-30'],
		['2026-10-25', '2026-10-25'],
		['2026-10-24', '2026-10-24'],
		['2026-10-26', '2026-10-31'],
		['2025-12-30', '2026-02-28']
	])(
		'%s to %s holds the handoffs of these local days, and its comparisons theirs',
		async (first, last) => {
			const scope = await scopeAt(`from=${first}&to=${last}`);
			expect(scope).toMatchObject({ from: first, span: null, periodNotes: [] });
			expect(await countOf(scope)).toBe(counted(first, last));

			const length = days(first, last) + 1;
			const back = (date: string, by: number) =>
				new Date(Date.parse(date) - by * 86_400_000).toISOString().slice(0, 10);
			for (const [against, by] of [
				['before', length],
				['year', 364]
			] as const) {
				const { compared } = await scopeAt(`from=${first}&to=${last}&against=${against}`);
				if (compared.isPart || compared.lacks) continue;
				expect(days(compared.from, compared.to)).toBe(length);
				expect(await countOf(compared)).toBe(counted(back(first, by), back(last, by)));
			}
		}
	);

	it('23 and 25 hours long are still one day', async () => {
		const spring = await countOf(await scopeAt('from=2026-03-29&to=2026-03-29'));
		const autumn = await countOf(await scopeAt('from=2026-10-25&to=2026-10-25'));
		// Three an hour, and the one of every morning.
		expect([spring, autumn]).toEqual([23 * 3 + 1, 25 * 3 + 1]);
	});

	it('of an open end reach to the end of the log', async () => {
		const first = localDay.format(Math.min(...moments));
		const last = localDay.format(Math.max(...moments));
		const open = await scopeAt('from=2026-06-01');
		expect([open.from, days(open.from, open.to)]).toEqual([
			'2026-06-01',
			days('2026-06-01', last) + 1
		]);
		expect((await scopeAt('to=2026-06-01')).from).toBe(first);
	});

	it('beyond the log are left out with a sentence', async () => {
		const late = await scopeAt('from=2031-01-01');
		expect(late.span).toBe(26);
		expect(late.periodNotes).toEqual([
			expect.stringMatching(
				/^The dates were left out: the log ends on .*, before 1 Jan 2031\.$/
			)
		]);
		const early = await scopeAt('to=1999-01-01');
		expect(early.periodNotes[0]).toMatch(/the log begins on .*, after 1 Jan 1999\.$/);
	});
});

describe('a comparison', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
		// A handoff a day from 4 Jan 2027 to 3 Mar 2029: a year of 53 weeks before it, a leap year within.
		const first = Date.parse('2027-01-04T12:00:00Z');
		await store.importRows(
			'years',
			Array.from({ length: 790 }, (_, at) => ({
				conversation_id: `c${at}`,
				handed_off_at: new Date(first + at * 86_400_000).toISOString()
			}))
		);
	});
	afterAll(() => store.close());

	it.each([
		['from=2028-02-29&to=2028-02-29', '2027-03-02', '2027-03-03'],
		['from=2029-02-26&to=2029-03-01', '2028-02-28', '2028-03-03'],
		['from=2027-12-27&to=2028-01-02', '2026-12-28', '2027-01-04'],
		['week=2028-12-25&weeks=4', '2027-12-06', '2028-01-03']
	])('of %s with last year has the same weekdays', async (address, from, to) => {
		const scope = await scopeAt(`${address}&against=year`);
		const { compared } = scope;
		expect(weekdayOf(from)).toBe(weekdayOf(scope.from));
		expect(days(from, to)).toBe(days(scope.from, scope.to));
		if (compared.lacks === null) expect(compared).toMatchObject({ from, to, isPart: false });
		else expect(compared).toMatchObject({ from, to, lacks: 'log' });
	});

	it('is with the period before where nothing is asked, ending where the period begins', async () => {
		const scope = await scopeAt('week=2028-11-06&weeks=13');
		expect(scope.against).toBeNull();
		expect(scope.compared).toEqual({
			against: 'before',
			from: '2028-05-15',
			to: '2028-08-14',
			isPart: false,
			lacks: null
		});
		expect(scope.from).toBe('2028-08-14');
	});

	it('is cut where the log begins, and said to be a part', async () => {
		const { compared } = await scopeAt('from=2027-02-01&to=2027-03-14');
		expect(compared).toMatchObject({ from: '2027-01-04', to: '2027-02-01', isPart: true });
	});

	it('is missing where the log begins after it', async () => {
		const { compared } = await scopeAt('from=2027-02-01&to=2027-02-28&against=year');
		expect(compared).toMatchObject({ lacks: 'log', isPart: false });
	});

	it('of more than a year with the year before would compare days with themselves, so is none', async () => {
		const { compared } = await scopeAt('from=2028-01-01&to=2028-12-31&against=year');
		expect(compared.lacks).toBe('overlap');
		const whole = await scopeAt('week=2029-02-26&weeks=52&against=year');
		expect(whole.compared.lacks).toBeNull();
		expect(whole.compared.to).toBe(whole.from);
	});
});

describe('the values of a filter', () => {
	let store: TestStore;
	const rows = [
		['A', 'chat', 'x'],
		['A', 'chat', 'y'],
		['B', 'chat', 'x'],
		['C', 'email', ''],
		['', 'email', 'y']
	].map(([topic = '', channel = '', queue = ''], at) => ({
		conversation_id: `c${at}`,
		handed_off_at: `2026-11-0${at + 2}T10:00:00Z`,
		topic,
		channel,
		queue
	}));
	beforeAll(async () => {
		store = await TestStore.open();
		await store.importRows('few', rows);
	});
	afterAll(() => store.close());

	/** Values of the rows of a period that meet the filters of the other dimensions, with how many. */
	function counts(
		dimension: 'topic' | 'channel' | 'queue',
		chosen: Partial<Record<'topic' | 'channel' | 'queue', string[]>>,
		[first, last]: [string, string]
	): Record<string, number> {
		const found: Record<string, number> = {};
		for (const row of rows) {
			const day = row.handed_off_at.slice(0, 10);
			if (day < first || day > last) continue;
			const others = Object.entries(chosen).filter(([name]) => name !== dimension);
			const meets = others.every(([name, values]) => values.includes(row[name as 'topic']));
			found[row[dimension]] = (found[row[dimension]] ?? 0) + (meets ? 1 : 0);
		}
		return found;
	}

	it.each([
		[{}, ['2026-11-02', '2026-11-08']],
		[{ channel: ['chat'] }, ['2026-11-02', '2026-11-08']],
		[{ channel: ['email'], topic: ['A'] }, ['2026-11-02', '2026-11-08']],
		[{ queue: ['y', ''] }, ['2026-11-03', '2026-11-05']]
	] as [Record<string, string[]>, [string, string]][])(
		'under %o are counted, with 0 where the other filters leave none',
		async (chosen, dates) => {
			const query = new URLSearchParams({ from: dates[0], to: dates[1] });
			for (const [name, values] of Object.entries(chosen))
				for (const value of values) query.append(name, value);
			const scope = await scopeAt(query.toString());
			for (const dimension of ['topic', 'channel', 'queue'] as const) {
				const shown = scope.facets[dimension];
				expect(Object.fromEntries(shown.map(({ value, n }) => [value, n]))).toEqual(
					counts(dimension, chosen, dates)
				);
				expect(
					shown
						.filter((one) => one.chosen)
						.map(({ value }) => value)
						.sort()
				).toEqual([...(chosen[dimension] ?? [])].sort());
				expect(shown.map(({ n }) => n)).toEqual(
					shown.map(({ n }) => n).sort((a, b) => b - a)
				);
			}
		}
	);
});
