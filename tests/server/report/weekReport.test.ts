import { readFile } from 'node:fs/promises';
import { csvParse } from 'd3-dsv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../../src/lib/dates.ts';
import type { Report } from '../../../src/lib/server/report/report.ts';
import { readReport, readReportQuery } from '../../../src/lib/server/report/reportQuery.ts';
import { weekReport } from '../../../src/lib/server/report/weekReport.ts';
import { readMarks } from '../../../src/lib/server/scope/marks.ts';
import type { Week } from '../../../src/lib/week.ts';
import * as fixture from '../../fixtures/week.ts';
import { readConversations, readHandoffs } from '../../second/records.ts';
import { secondMeasure, type Question } from '../../second/second.ts';
import { TestStore } from '../store.ts';
import { documentOf, forms, jsonOf, linksOf, withoutPictures, wordsOf } from './reading.ts';
import { refusal } from './report.ts';

describe('the report of a week of the sample', () => {
	let store: TestStore;
	let raw: {
		handoffs: ReturnType<typeof readHandoffs>;
		conversations: ReturnType<typeof readConversations>;
	};
	let file: string;
	let report: Report;
	const last = { from: '2026-11-09', to: '2026-11-16' };

	const reportOf = (query: string) => readReport(readReportQuery(new URLSearchParams(query)));
	/** A number over the raw lines, without the program. */
	const second = (metric: Parameters<typeof secondMeasure>[3], where: Question['where'] = {}) => {
		const question = { ...last, where };
		const zone = { timezone: 'Europe/Berlin' };
		const [estimate] = secondMeasure(
			raw.handoffs,
			raw.conversations,
			question,
			metric,
			[],
			zone
		).values();
		if (!estimate || estimate.value === null) throw new Error(`no ${metric}`);
		return { ...estimate, value: estimate.value };
	};

	/** Every question and summary of the raw lines that is long enough to be told from other words. */
	async function writtenByCustomers(): Promise<string[]> {
		const rows = csvParse(await readFile(file, 'utf8'));
		const texts = rows.flatMap(({ question = '', summary = '' }) => [question, summary]);
		return [...new Set(texts)].filter((text) => text.length > 12);
	}

	beforeAll(async () => {
		store = await TestStore.open();
		const files = await store.importSample();
		file = files.handoffs;
		raw = {
			handoffs: readHandoffs(files.handoffs),
			conversations: readConversations(files.conversations)
		};
		report = await reportOf('url=https://seam.example');
	});
	afterAll(() => store.close());

	test('is that of the last full one, by its dates and its ISO week', () => {
		expect(report.subject).toMatch(/^Seam, week 46, 9–15 Nov 2026: /);
		expect(report.text).toMatch(/^# \[Week 46, 9–15 Nov 2026\]/);
		expect(documentOf(report).querySelector('h1')?.textContent).toBe('Week 46, 9–15 Nov 2026');
		expect(jsonOf(report)).toMatchObject({ week: '2026-W46', ...last });
	});

	test('has the numbers of the raw lines in every form', () => {
		const handoffs = String(second('handoffs').value);
		const failures = second('failure_share');
		const score = second('quality_score');
		const before = second('wait_before_p50');
		const { numbers } = jsonOf(report);
		const numberOf = (metric: string) => numbers.find((one) => one.metric === metric);
		expect(numberOf('handoffs')?.value).toBe(Number(handoffs));
		expect(numberOf('failure_share')?.value).toBeCloseTo(failures.value, 12);
		expect(numberOf('failure_share')?.n).toBe(failures.n);
		expect(numberOf('quality_score')?.value).toBeCloseTo(score.value, 9);
		expect(numberOf('wait_before_p50')?.value).toBeCloseTo(before.value, 9);
		const rows = report.text
			.split('\n')
			.map((line) => line.split('|').map((cell) => cell.trim()));
		const rowOf = (label: string) => rows.find(([, name]) => name === label)?.slice(2);
		const share = `${(100 * failures.value).toFixed(1)} %`;
		expect(rowOf('Handoffs')?.[0]).toBe(handoffs);
		expect(rowOf('Failure handoffs')?.[0]).toBe(share);
		expect(rowOf('Failure handoffs')?.[2]).toBe(String(failures.n));
		expect(rowOf('Quality score')?.[0]).toBe(`${score.value.toFixed(1)} of 100`);
		const words = wordsOf(report);
		expect(words).toContain(`Handoffs ${handoffs} `);
		expect(words).toContain(`Failure handoffs ${share} 95 % interval `);
		expect(words).toContain(`Quality score ${score.value.toFixed(1)} of 100 `);
		for (const form of [report.text, words, jsonOf(report).sentence])
			expect(form).toContain(`${handoffs} handoffs, `);
	});

	test('lists ten handoffs, lowest first, linked in mail and chat, and says nothing a customer wrote', async () => {
		const { lowest } = jsonOf(report);
		expect(lowest).toHaveLength(10);
		const scores = lowest.map(({ score }) => score);
		expect(scores).toEqual([...scores].sort((a, b) => a - b));
		const links = linksOf(report);
		for (const { handoff_id, reasons } of lowest) {
			const address = `https://seam.example/handoffs/${encodeURIComponent(handoff_id)}`;
			expect(links).toContain(address);
			expect(report.text).toContain(`](${address})`);
			expect(reasons.length).toBeGreaterThan(0);
		}
		const texts = await writtenByCustomers();
		expect(texts.length).toBeGreaterThan(20);
		for (const form of forms(report))
			expect(texts.filter((text) => form.includes(text))).toEqual([]);
	});

	test('marks what the pages mark', async () => {
		const marks = await readMarks();
		const from = addDays(last.to, -7 * 26);
		const shown = marks.filter(({ day }) => day >= from && day < last.to);
		expect(shown.length).toBeGreaterThan(0);
		for (const { name } of shown)
			expect(wordsOf(report)).toMatch(new RegExp(`Marked: .*AI version ${name} from `));
	});

	test('what moved adds up to the change', () => {
		const { moved } = jsonOf(report);
		const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
		expect(moved).not.toBeNull();
		expect(sum(moved?.topics.flatMap(({ parts }) => parts) ?? [])).toBeCloseTo(
			moved?.change ?? NaN,
			9
		);
		expect(sum(moved?.totals ?? [])).toBeCloseTo(moved?.change ?? NaN, 9);
	});

	test('the HTML is for mail: no script, no style sheet, nothing to fetch, pictures with words', () => {
		const document = documentOf(report);
		const kinds = new Set([...document.querySelectorAll('*')].map(({ tagName }) => tagName));
		for (const kind of ['SCRIPT', 'STYLE', 'LINK', 'SVG', 'IFRAME', 'FORM', 'VIDEO'])
			expect(kinds.has(kind), kind).toBe(false);
		expect(report.html).not.toMatch(
			/display:\s*(flex|grid)|position:|var\(|url\(|@media|class=/
		);
		const images = [...document.querySelectorAll('img')];
		expect(images.length).toBeGreaterThanOrEqual(8);
		for (const image of images) {
			expect(image.getAttribute('src')).toMatch(/^data:image\/png;base64,iVBOR/);
			expect(image.getAttribute('alt')?.length).toBeGreaterThan(30);
			expect(Number(image.getAttribute('width'))).toBeLessThanOrEqual(600);
			expect(Number(image.getAttribute('height'))).toBeGreaterThan(50);
		}
	});

	test('is small: mail programs cut what is longer than 102 KB', () => {
		expect(withoutPictures(report).length).toBeLessThan(80_000);
		expect(report.html.length).toBeLessThan(300_000);
	});

	test('prints the filters it was made with, and links to the page with them', async () => {
		const filtered = await reportOf(
			'week=2026-W46&topic=Refunds&topic=&channel=chat&url=https://seam.example/shop'
		);
		const { value } = second('handoffs', { topic: ['Refunds', ''], channel: ['chat'] });
		expect(jsonOf(filtered).sentence).toMatch(new RegExp(`^${value} handoffs, `));
		expect(new Set(jsonOf(filtered).filters.topic)).toEqual(new Set(['Refunds', '']));
		expect(jsonOf(filtered).filters.channel).toEqual(['chat']);
		expect(filtered.subject).toContain('(filtered)');
		const link = [...documentOf(filtered).querySelectorAll('a')].find(({ textContent }) =>
			textContent?.startsWith('Filters: ')
		);
		expect(link?.textContent).toMatch(
			/^Filters: Topic: (Refunds, \(none\)|\(none\), Refunds); Channel: chat$/
		);
		const address = new URL(link?.getAttribute('href') ?? '');
		expect(address.origin + address.pathname).toBe('https://seam.example/shop/');
		expect(address.searchParams.get('week')).toBe('2026-11-09');
		expect(address.searchParams.getAll('topic').sort()).toEqual(['', 'Refunds']);
		expect(address.searchParams.getAll('channel')).toEqual(['chat']);
		expect(filtered.text).toMatch(
			/^Filters: \[Topic: .*; Channel: chat\]\(https:\/\/seam\.example\/shop\/\?/m
		);
	});

	test('without an address of the dashboard it has no link, and names no machine', async () => {
		const unlinked = await reportOf('');
		expect(linksOf(unlinked)).toEqual([]);
		for (const form of forms(unlinked)) {
			expect(form).not.toMatch(/127\.0\.0\.1|localhost/);
			expect(form).not.toContain('](');
		}
	});

	test('a week without handoffs says so, and which weeks beside it have some', async () => {
		const empty = await reportOf('week=2026-W53');
		const said = 'No handoffs in this week. The last before it: 9–15 Nov 2026.';
		expect(empty.subject).toBe('Seam, week 53, 28 Dec 2026 – 3 Jan 2027: no handoffs');
		expect(empty.text).toContain(said);
		expect(wordsOf(empty)).toContain(said);
		expect(jsonOf(empty)).toMatchObject({
			sentence: said,
			numbers: [],
			findings: [],
			lowest: []
		});
		const filtered = await reportOf('topic=nothing+has+this');
		expect(filtered.text).toContain('No handoffs in this week under these filters.');
		expect(filtered.text).toContain('Filters: Topic: nothing has this');
	});
});

describe('an empty store', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open();
	});
	afterAll(() => store.close());

	test('has no report, and says how data gets there', async () => {
		expect(await refusal(() => readReport(readReportQuery(new URLSearchParams())))).toBe(
			'StoreError: There is no week to report: the log holds no handoffs yet. Import one: seam import FILE.'
		);
	});
});

const { page, log } = fixture;
const options = { baseUrl: 'https://seam.example', marks: [] };

describe('a week without findings', () => {
	test('says that there is nothing to report, in every form', async () => {
		const report = await weekReport(page, log, options);
		expect(report.subject).toBe('Seam, week 46, 9–15 Nov 2026: nothing to report');
		expect(report.text).toContain('**Nothing to report:** no number of this week');
		expect(wordsOf(report)).toContain('Nothing to report: no number of this week');
		expect(jsonOf(report)).toMatchObject({
			findings: [],
			quiet: expect.stringMatching(/^Nothing to report: /) as string
		});
	});

	test('claims nothing where there are too few weeks to judge by', async () => {
		const charts = Object.fromEntries(
			Object.entries(page.charts ?? {}).map(([id, chart]) => [
				id,
				{ ...chart, last: null, baseline: null }
			])
		) as Week['charts'];
		const report = await weekReport({ ...page, charts }, log, options);
		expect(report.subject).toMatch(/: too few weeks to judge$/);
		for (const form of forms(report)) expect(form).not.toMatch(/nothing to report/i);
	});
});

test('a log without most fields says what is missing instead of a number', async () => {
	const report = await weekReport(fixture.bare, log, options);
	expect(report.text).toMatch(/^\| CSAT after handoff|^\| Satisfied after handoff/m);
	expect(report.text).toMatch(/Satisfied after handoff +\| not in the log \(no csat\)/);
	expect(wordsOf(report)).toContain('so handoffs have no score');
	for (const form of forms(report)) expect(form).not.toMatch(/NaN|undefined|\[object/);
});

test('a week that the log does not hold all of says so', async () => {
	const report = await weekReport(
		{ ...page, complete: false },
		{ ...log, last: '2026-11-12T10:00' },
		options
	);
	for (const form of [report.text, wordsOf(report)])
		expect(form).toContain('This week is not over in the log, which ends on 12 Nov 2026.');
});
