import { beforeAll, describe, expect, test } from 'vitest';
import type { WorstHandoff } from '../../../src/lib/handoff.ts';
import type { Report } from '../../../src/lib/server/report/report.ts';
import { weekReport } from '../../../src/lib/server/report/weekReport.ts';
import type { Week } from '../../../src/lib/week.ts';
import * as fixture from '../../fixtures/week.ts';
import { documentOf, forms, linksOf, wordsOf, type Json } from './reading.ts';

const { page, log } = fixture;
const options = { baseUrl: 'https://seam.example', marks: [] };

describe('texts of the log', () => {
	const evil =
		'</td><script>alert("x")</script>" onload="alert(1) *b* [c](javascript:d) | @channel <!here>';
	const handoff: WorstHandoff = {
		handoff_id: 'a/../b?c="d"<e>&f#g)',
		handed_off_local: '2026-11-10T12:00',
		topic: evil,
		trigger: null,
		route: 'failure',
		channel: evil,
		queue: evil,
		resolved_queue: 'Other',
		transfers: 1,
		wait_before_s: 60,
		wait_after_s: 60,
		handle_s: 60,
		outcome: evil,
		is_late: false,
		is_cold: false,
		is_hidden: true,
		is_fought: false,
		is_misrouted: true,
		is_resolved: false,
		is_answered: true,
		human_requests: 0,
		ai_attempts: 1,
		reasked: 0,
		context: ['summary'],
		missing: [evil],
		resolution_efficiency: 0,
		late_limit_s: 600,
		late_ai_attempts: 3,
		gap_target_s: 60,
		gap_worst_s: 600,
		csat: 1,
		score: 12,
		score_coverage: 1,
		question: 'my card number is 4111',
		summary: 'the customer cried',
		necessary: null,
		lacked: null,
		review: null
	};
	const period = { from: page.from, to: page.to, weeks: 1 };
	const hostile: Week = {
		...page,
		facets: { ...page.facets, topic: [{ value: evil, n: 5, chosen: true }] },
		findings: [
			{
				metric: 'handoffs',
				topic: { key: evil },
				week: page.week,
				usual: 10,
				now: fixture.estimate(40, 40),
				baseline: { first: '2026-06-01', last: '2026-08-17' },
				chance: 0.0001,
				causes: [
					{
						dimension: 'queue',
						key: evil,
						effect: 'all',
						share: 0.7,
						grew: null,
						trigger: null
					}
				]
			}
		],
		moved: {
			metric: 'handoffs',
			against: 'before',
			possible: ['before'],
			isPart: false,
			moved: {
				metric: 'handoffs',
				against: 'before',
				before: 10,
				after: 40,
				change: 30,
				effects: ['count'],
				totals: [30],
				rows: [
					{
						key: evil,
						before: { n: 10, value: 10 },
						after: { n: 40, value: 40 },
						parts: [30],
						interval: null
					}
				],
				beforePeriod: period,
				afterPeriod: period
			}
		},
		worst: [handoff]
	};
	let report: Report;
	beforeAll(async () => {
		report = await weekReport(hostile, log, options);
	});

	test('cannot break out of the HTML', () => {
		const document = documentOf(report);
		expect(document.querySelectorAll('script')).toHaveLength(0);
		const names = new Set(
			[...document.querySelectorAll('*')].flatMap((element) =>
				[...element.attributes].map(({ name }) => name)
			)
		);
		expect([...names].filter((name) => name.startsWith('on'))).toEqual([]);
		const words = wordsOf(report);
		// filter, finding and its cause, handoff: topic, channel, outcome, queue, missing
		expect(words.split(evil).length - 1).toBeGreaterThanOrEqual(8);
	});

	test('cannot lead a link elsewhere', () => {
		const links = linksOf(report);
		expect(links.length).toBeGreaterThan(3);
		for (const link of links) expect(new URL(link).origin).toBe('https://seam.example');
		const opened = links
			.map((link) => new URL(link).pathname)
			.filter((path) => path.includes('handoffs'));
		expect(opened.map((path) => decodeURIComponent(path.slice('/handoffs/'.length)))).toEqual([
			handoff.handoff_id
		]);
	});

	test('cannot break out of the Markdown, and call nobody', () => {
		expect(report.text).not.toMatch(/<script|<!here>|@channel|[^\\]\[c\]|[^\\]\*b\*/);
		for (const [, address = ''] of report.text.matchAll(/\]\(([^)]*)\)/g))
			expect(address).toMatch(/^https:\/\/seam\.example\/|^javascript:d\\?$/);
		expect(report.text).not.toMatch(/[^\\]\]\(javascript:/);
	});

	test('that customers wrote are in no form', () => {
		for (const form of forms(report)) expect(form).not.toMatch(/4111|cried/);
	});

	test('are themselves in the JSON', () => {
		const json = JSON.parse(JSON.stringify(report.json)) as Json & {
			filters: { topic: string[] };
		};
		expect(json.filters.topic).toEqual([evil]);
		expect(json.findings[0]?.words).toContain(evil);
	});
});
