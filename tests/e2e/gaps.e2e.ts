import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatNumber } from '../../src/lib/format.ts';
import { hasBank } from '../second/bank.ts';
import { localDay } from '../second/clock.ts';
import { routeOf } from '../second/facts.ts';
import { readHandoffs } from '../second/records.ts';
import { expect, test } from './app.ts';

const week = '2026-11-09';
const period = { from: '2026-08-17', to: '2026-11-16' };

type Row = {
	gap: string;
	topic: string;
	phrase: string | null;
	kind: string;
	observed: number;
	expected: number;
	emerging: object | null;
};

const list = (page: Page) => page.getByRole('region', { name: 'Gaps, those that save most first' });
const rowOf = (page: Page, name: string) =>
	list(page)
		.getByRole('row')
		.filter({ has: page.getByRole('link', { name, exact: true }) });
const choose = (page: Page, name: string, option: string) =>
	page
		.getByRole('navigation', { name, exact: true })
		.getByRole('link', { name: option, exact: true });

test('gaps are ranked as the API ranks them, with the failures that the lines hold', async ({
	page,
	request,
	seam
}) => {
	await page.goto(`/gaps?week=${week}`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Gaps, 13 weeks to 15 Nov 2026'
	);
	const answer = await request.get('/api/gaps', { params: period });
	const rows = (await answer.json()) as Row[];
	// The figures in its rows hold tables of their own.
	const named = list(page).locator(':scope > table > tbody > tr > th > a');
	await expect(named).toHaveCount(rows.length);
	const names = await named.allTextContents();
	expect(names.map((name) => name.trim())).toEqual(
		rows.map(({ topic, phrase }) => (phrase === null ? topic : `${topic}: ${phrase}`))
	);

	const failures = readHandoffs(join(seam.data, 'sample', 'handoffs.csv')).filter((row) => {
		const day = localDay(row.handed_off_at, 'Europe/Berlin');
		return day >= period.from && day < period.to && routeOf(row) === 'failure';
	});
	const topics = rows.filter(({ phrase }) => phrase === null);
	for (const { topic, observed, expected } of topics) {
		expect(observed).toBe(failures.filter((row) => row.topic === topic).length);
		await expect(rowOf(page, topic)).toContainText(formatNumber(observed));
		await expect(rowOf(page, topic)).toContainText(formatNumber(expected, 1));
	}
	const truth = JSON.parse(readFileSync(join(seam.data, 'sample', 'truth.json'), 'utf8')) as {
		planted: { id: string; topic: string }[];
	};
	const planted = truth.planted.filter(({ id }) =>
		['growing_gap', 'fixed_gap', 'missing_integration'].includes(id)
	);
	expect(topics.map(({ topic }) => topic).sort()).toEqual(
		planted.map(({ topic }) => topic).sort()
	);
	await expect(rowOf(page, 'Returns')).toContainText('Emerging');
	await expect(rowOf(page, 'Order change')).toContainText('Connect a system');
	await expect(page.getByRole('heading', { name: 'Looks contained, came back' })).toBeVisible();
});

test('a number opens the handoffs that it counts', async ({ page, request }) => {
	await page.goto(`/gaps?week=${week}`);
	const answer = await request.get('/api/gaps', { params: { ...period, topic: 'Warranty' } });
	const [gap] = (await answer.json()) as Row[];
	const count = formatNumber(gap?.observed ?? 0);
	await rowOf(page, 'Warranty').getByRole('link', { name: count, exact: true }).first().click();
	await expect(page).toHaveURL(/\/handoffs\?.*topic=Warranty.*route=failure/);
	await expect(page.getByText(new RegExp(`^\\s*${count}\\b`)).first()).toBeVisible();
});

test('choices stand in the address and stay when a filter is set; files follow them', async ({
	page,
	request
}) => {
	await page.goto(`/gaps?week=${week}`);
	await choose(page, 'Fix', 'Connect a system').click();
	await expect(page).toHaveURL(/kind=system/);
	await expect(rowOf(page, 'Order change')).toHaveCount(1);
	await expect(rowOf(page, 'Returns')).toHaveCount(0);
	const href = await page
		.getByRole('link', { name: 'Markdown for a tracker' })
		.getAttribute('href');
	const text = await (await request.get(href ?? '')).text();
	expect(text).toMatch(/^# Gaps, 17 Aug 2026 to 15 Nov 2026\n/);
	expect(text).toMatch(/- \[ \] \*\*\[Order change\]\(http:\/\/\S+\/gaps\/Order%20change\?/);
	expect(text).not.toContain('[Returns]');
	await choose(page, 'When', 'Emerging only').click();
	await expect(page.getByText('No gap of this choice.')).toBeVisible();
	await expect(page.locator('.headline')).toHaveText(
		/^\s*3 gaps: .*No gap of this choice: fix “Connect a system”, emerging only\.\s*$/
	);
});

test('without scripts all of it is there', async ({ browser, seam }) => {
	const context = await browser.newContext({ javaScriptEnabled: false, baseURL: seam.url });
	const page = await context.newPage();
	await page.goto(`/gaps?week=${week}&topic=Returns`);
	await expect(rowOf(page, 'Returns')).toHaveCount(1);
	await expect(page.locator('figure svg').first()).toBeVisible();
	await expect(page.getByText('held against all topics')).toBeVisible();
	await context.close();
});

test.describe('a log without route and trigger (needs ../shared/data)', () => {
	test.skip(!hasBank, 'needs ../shared/data');

	test('says which fields are missing, and shows no gap', async ({ page, bank }) => {
		await page.goto(`${bank.url}/gaps`);
		await expect(page.getByText('The log carries neither route nor trigger')).toBeVisible();
		await expect(list(page)).toHaveCount(0);
	});
});
