import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { Locator, Page } from '@playwright/test';
import { csvParseRows } from 'd3-dsv';
import { csvFaults } from '../charts/csvFaults.ts';
import { seam as command } from '../cli/run.ts';
import { readHandoffs } from '../second/records.ts';
import { expect, startSeam, test, type Seam } from './app.ts';

const pages = ['/', '/quality', '/csat', '/repeats', '/waits', '/triggers'];

/** The figure of a page by its name there. */
const figureOf = (page: Page, id: string) => page.locator(`#figure-${id}`);

async function open(figure: Locator) {
	await figure.locator('.menu > summary').click();
	return figure.locator('.menu .panel');
}

/** What the click on a menu's entry downloads, and its name. */
async function downloaded(page: Page, figure: Locator, entry: string) {
	const panel = await open(figure);
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		panel.getByText(entry, { exact: true }).click()
	]);
	return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** The table below a figure, as it stands there. */
const tableOf = (figure: Locator) =>
	figure
		.locator('.data tr')
		.evaluateAll((rows) =>
			rows.map((row) =>
				[...row.querySelectorAll('th, td')].map((cell) => cell.textContent.trim())
			)
		);

test.describe('the menu of a figure', () => {
	test('gives the numbers of the table as CSV, row by row', async ({ page }) => {
		await page.goto('/csat');
		for (const id of ['answers', 'weeks-handed_off', 'topics']) {
			const figure = figureOf(page, id);
			const { name, bytes } = await downloaded(page, figure, 'CSV');
			expect(name).toMatch(/^[a-z0-9-]+\.csv$/);
			const text = bytes.toString('utf8');
			expect(text.startsWith('\ufeff')).toBe(true);
			expect(text.slice(1).replaceAll('\r\n', '')).not.toContain('\n');
			const [head = [], ...rows] = csvParseRows(text.slice(1).trimEnd());
			const [names = [], ...cells] = await tableOf(figure);
			expect(rows).toHaveLength(cells.length);
			for (const [at, heading] of names.entries()) {
				const column = head.findIndex((one) => one.replace(/ \(\w+\)$/, '') === heading);
				const isShare = head[column]?.endsWith('(share)') === true;
				if (!isShare && !heading.startsWith('n')) continue;
				const seen = rows.map((row) => row[column] ?? '');
				const written = cells.map((row) => (row[at] ?? '').replaceAll('\u202f', ''));
				const said = seen.map((value) =>
					value === '' ? NaN : Number((Number(value) * (isShare ? 100 : 1)).toFixed(1))
				);
				expect(said).toEqual(written.map((one) => parseFloat(one)));
			}
		}
	});

	test('gives a CSV of every figure that a spreadsheet can calculate with', async ({
		page,
		seam
	}) => {
		const [first] = readHandoffs(join(seam.data, 'sample', 'handoffs.csv'));
		const paths = [...pages, '/gaps', '/gaps/Returns', `/handoffs/${first?.handoff_id ?? ''}`];
		for (const path of paths) {
			const html = await (await page.request.get(path)).text();
			const files = [...html.matchAll(/href="data:text\/csv;charset=utf-8,([^"]*)"/g)].map(
				([, file = '']) => decodeURIComponent(file)
			);
			expect(files.length, path).toBeGreaterThan(0);
			expect(files.flatMap(csvFaults), path).toEqual([]);
		}
	});

	test('draws an SVG that stands alone: title inside, colours said, nothing from a page', async ({
		page
	}) => {
		await page.goto('/');
		const figure = figureOf(page, 'routes');
		const { name, bytes } = await downloaded(page, figure, 'SVG');
		expect(name).toMatch(/\.svg$/);
		const title = (await figure.locator('figcaption').textContent()) ?? '';
		const text = bytes.toString('utf8');
		const seen = await page.evaluate((svg) => {
			const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
			return {
				faults: parsed.querySelectorAll('parsererror').length,
				root: parsed.documentElement.tagName,
				title: parsed.querySelector('title')?.textContent,
				texts: [...parsed.querySelectorAll('text')].map((one) => one.textContent),
				bars: parsed.querySelectorAll('[aria-label=bar] rect').length,
				links: parsed.querySelectorAll('a').length,
				fills: [...parsed.querySelectorAll('[aria-label=bar] rect')].map((bar) =>
					bar.getAttribute('fill')
				)
			};
		}, text);
		expect(seen).toMatchObject({ faults: 0, root: 'svg', title, links: 0 });
		expect(seen.texts).toContain(title);
		expect(seen.bars).toBeGreaterThan(40);
		expect(new Set(seen.fills)).toContain('#c2500c');
		expect(text).not.toMatch(/var\(--(?!plot-)|<image|url\(http/);

		// As a file of its own it is a picture in a browser.
		await page.setContent(`<img src="data:image/svg+xml,${encodeURIComponent(text)}">`);
		const image = page.locator('img');
		await expect
			.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth))
			.toBeGreaterThan(600);
	});

	test('draws a PNG of two pixels for each px of the SVG', async ({ page }) => {
		await page.goto('/');
		const figure = figureOf(page, 'quality_score');
		const svg = (await downloaded(page, figure, 'SVG')).bytes.toString('utf8');
		const [, width, height] = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
		const { name, bytes } = await downloaded(page, figure, 'PNG');
		expect(name).toMatch(/\.png$/);
		expect(bytes.subarray(1, 4).toString()).toBe('PNG');
		expect(bytes.readUInt32BE(16)).toBe(2 * Number(width));
		expect(bytes.readUInt32BE(20)).toBe(2 * Number(height));
	});

	test('opens the table, and the link to a figure holds week, filters and place', async ({
		page,
		context
	}) => {
		await context.grantPermissions(['clipboard-read', 'clipboard-write']);
		await page.goto('/csat?topic=Returns');
		const figure = figureOf(page, 'answers');
		await (await open(figure)).getByText('Table', { exact: true }).click();
		await expect(figure.locator('.data')).toHaveAttribute('open', '');
		await expect(figure.locator('.data > summary')).toBeFocused();
		const panel = await open(figure);
		await panel.getByText('Copy link').click();
		await expect(panel.getByRole('status')).toHaveText('Link copied.');
		const link = await page.evaluate(() => navigator.clipboard.readText());
		const { pathname, searchParams, hash } = new URL(link);
		expect({ pathname, hash, ...Object.fromEntries(searchParams) }).toEqual({
			pathname: '/csat',
			hash: '#figure-answers',
			topic: 'Returns',
			week: '2026-11-09',
			weeks: '26'
		});
		const title = await figure.locator('figcaption').textContent();
		await page.goto(link);
		await expect(figureOf(page, 'answers').locator('figcaption')).toHaveText(title ?? '');
		await expect(figureOf(page, 'answers')).toBeInViewport();
	});

	test('opens and closes by the keyboard and moves nothing', async ({ page }) => {
		await page.setViewportSize({ width: 390, height: 800 });
		await page.goto('/');
		const figure = figureOf(page, 'routes');
		const place = () => figure.evaluate((one) => one.getBoundingClientRect().height);
		await figure.scrollIntoViewIfNeeded();
		await expect(figure.locator('.live > svg')).toBeVisible();
		const before = await place();
		const button = figure.locator('.menu > summary');
		await button.focus();
		await page.keyboard.press('Enter');
		const panel = figure.locator('.menu .panel');
		await expect(panel).toBeVisible();
		expect(await place()).toBe(before);
		const box = await panel.boundingBox();
		expect(box && box.x >= 0 && box.x + box.width <= 390).toBe(true);
		await page.keyboard.press('Tab');
		await expect(panel.getByText('Table')).toBeFocused();
		await page.keyboard.press('Escape');
		await expect(panel).toBeHidden();
		await expect(button).toBeFocused();
	});

	test('shows the SQL, and Escape leads back', async ({ page, context }) => {
		await context.grantPermissions(['clipboard-read', 'clipboard-write']);
		await page.goto('/csat');
		const figure = figureOf(page, 'waits-before');
		await (await open(figure)).getByText('SQL behind it').click();
		const dialog = page.getByRole('dialog');
		await expect(dialog.locator('code')).toContainText(
			"selected_handoffs({'from': '2026-05-18'"
		);
		await dialog.getByRole('button', { name: 'Copy' }).click();
		const copied = await page.evaluate(() => navigator.clipboard.readText());
		expect(copied).toBe(await dialog.locator('code').textContent());
		await page.keyboard.press('Escape');
		await expect(dialog).toBeHidden();
	});

	test('breaks no rule of WCAG 2.2 AA while it is open', async ({ page }) => {
		test.setTimeout(120_000);
		await page.goto('/csat');
		const figure = figureOf(page, 'weeks-handed_off');
		await open(figure);
		const { violations } = await new AxeBuilder({ page })
			.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
			.include('#figure-weeks-handed_off')
			.analyze();
		expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
	});

	test('is not on paper', async ({ page }) => {
		await page.goto('/');
		await page.emulateMedia({ media: 'print' });
		await expect(figureOf(page, 'routes').locator('.menu')).toBeHidden();
	});
});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });

	test('table, CSV and SQL are there; what needs scripts is not', async ({ page }) => {
		await page.goto('/');
		const figure = figureOf(page, 'routes');
		const panel = await open(figure);
		await expect(panel.getByText('SVG')).toBeHidden();
		await expect(panel.getByText('PNG')).toBeHidden();
		const csv = await panel.getByText('CSV').getAttribute('href');
		const text = decodeURIComponent(csv?.replace(/^[^,]*,/, '') ?? '');
		await figure.locator('.data > summary').click();
		const counts = (rows: string[][]) => rows.map(([, ...own]) => own);
		expect(counts(csvParseRows(text.slice(1).trimEnd()))).toEqual(
			counts(await tableOf(figure)).map((row) =>
				row.map((cell) => cell.replaceAll('\u202f', ''))
			)
		);
		await panel.getByText('SQL behind it').click();
		await expect(page.locator('body')).toContainText('queries/metrics/handoffs.sql');
	});
});

test.describe('the SQL behind figures', () => {
	let folder: string;
	let seam: Seam;

	/** A small log, of which every figure is read again for its SQL; the copy is made before it is served. */
	test.beforeAll(async () => {
		test.setTimeout(60_000);
		folder = await mkdtemp(join(tmpdir(), 'seam-sql-'));
		const log = join(folder, 'log');
		const data = join(folder, 'data');
		const small = ['--weeks', '26', '--conversations', '6000'];
		expect((await command(['sample', '--out', log, ...small])).code).toBe(0);
		expect((await command(['import', log], { data })).code).toBe(0);
		await copyFile(join(data, 'seam.duckdb'), join(folder, 'copy.duckdb'));
		seam = await startSeam({ data });
	});

	test.afterAll(async () => {
		await seam?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	/** Ids of the figures of a page, and where their menus lead for the SQL. */
	async function linksOf(page: Page, path: string) {
		const address = seam.url + path;
		const html = await (await page.request.get(address)).text();
		const figures = await page.evaluate((text) => {
			const parsed = new DOMParser().parseFromString(text, 'text/html');
			return [...parsed.querySelectorAll('figure.figure')].map((figure) => ({
				id: figure.id,
				href: figure.querySelector('.menu a[href*="/api/sql"]')?.getAttribute('href') ?? ''
			}));
		}, html);
		return figures.map(({ id, href }) => ({ id, url: new URL(href, address) }));
	}

	/** Runs every statement of a text on the copy of the store; gives the rows of the last one. */
	async function run(connection: DuckDBConnection, text: string) {
		const statements = await connection.extractStatements(text);
		expect(statements.count, text).toBeGreaterThan(1);
		for (let at = 0; at < statements.count - 1; at++)
			await (await statements.prepare(at)).run();
		const last = await statements.prepare(statements.count - 1);
		return (await last.runAndReadAll()).getRowObjectsJson();
	}

	for (const path of pages)
		test(`is there for every figure of ${path}, and runs on a copy of the store`, async ({
			page
		}) => {
			test.setTimeout(60_000);
			const figures = await linksOf(page, path);
			expect(figures.length).toBeGreaterThan(0);
			expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length);
			const instance = await DuckDBInstance.create(join(folder, 'copy.duckdb'), {
				access_mode: 'READ_ONLY'
			});
			try {
				const connection = await instance.connect();
				/** The text of each source: figures of one source share it. */
				const texts = new Map<string, string>();
				for (const { id, url } of figures) {
					const queries = url.searchParams.getAll('query');
					url.searchParams.delete('query');
					if (!texts.has(url.search)) {
						const answer = await page.request.get(url.href);
						expect(answer.status(), `${id}: ${url.href}`).toBe(200);
						texts.set(url.search, await answer.text());
						await run(connection, texts.get(url.search) ?? '');
					}
					for (const query of queries)
						expect(texts.get(url.search), id).toContain(`-- queries/${query}.sql`);
				}
			} finally {
				instance.closeSync();
			}
		});

	test('gives the rows that the table of the figure shows', async ({ page }) => {
		await page.goto(seam.url);
		const table = (await tableOf(figureOf(page, 'routes'))).slice(1);
		const figure = (await linksOf(page, '/')).find(({ id }) => id === 'figure-routes');
		const text = await (await page.request.get(figure?.url.href ?? '')).text();
		const instance = await DuckDBInstance.create(join(folder, 'copy.duckdb'), {
			access_mode: 'READ_ONLY'
		});
		try {
			const rows = await run(await instance.connect(), text);
			const weeks = [...new Set(rows.map(({ key1 }) => String(key1)))].sort();
			const counted = weeks.map((week) => {
				const of = (route: string | null) =>
					Number(rows.find(({ key1, key2 }) => key1 === week && key2 === route)?.n ?? 0);
				const [failure, topic, unknown] = [of('failure'), of('topic'), of(null)];
				return [failure, topic, unknown, failure + topic + unknown].map(String);
			});
			expect(counted).toEqual(table.map((cells) => cells.slice(1, 5)));
			expect(counted).toHaveLength(26);
		} finally {
			instance.closeSync();
		}
	});
});
