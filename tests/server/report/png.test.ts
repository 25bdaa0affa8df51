import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { colour, type Chart } from '../../../src/lib/charts/chart.ts';
import { clusters } from '../../../src/lib/charts/week/clusters.ts';
import { handoffs } from '../../../src/lib/charts/week/handoffs.ts';
import { picture } from '../../../src/lib/charts/picture.ts';
import { waits } from '../../../src/lib/charts/week/waits.ts';
import { palette } from '../../../src/lib/server/report/palette.ts';
import { png, pngUri, standalone } from '../../../src/lib/server/report/png.ts';
import * as fixture from '../../fixtures/week.ts';
import { coloursOf, pixelsOf } from './pixels.ts';

const first = fixture.series[0]?.week;
const bars = handoffs(fixture.routes, fixture.week, first);
const lines = waits(fixture.series, { week: fixture.week, first, floor: 10 });
const period = { first: '2026-10-19', last: '2026-11-15' };

const css = await readFile(new URL('../../../src/app.css', import.meta.url), 'utf8');
/** What the style sheet says first: the light colours stand before the dark ones. */
const lightOf = (name: string) => new RegExp(`--${name}: (#\\w+);`).exec(css)?.[1] ?? 'none';

/** A chart of one word. */
const word = (text: string, fontWeight = 400, fill: string = colour.ink): Chart => ({
	title: '',
	description: '',
	height: 40,
	draw: (plot) => ({
		axis: null,
		marks: [
			plot.text([text], { frameAnchor: 'middle', text: (d: string) => d, fontWeight, fill })
		]
	}),
	table: { head: [], rows: [] }
});
const drawn = async (chart: Chart, width: number) => pixelsOf(await png(chart, width));
const inkOf = async (...of: Parameters<typeof word>) => {
	const counts = coloursOf(await drawn(word(...of), 200));
	return [...counts].reduce((sum, [name, n]) => sum + (name === '#ffffff' ? 0 : n), 0);
};

describe('a chart as PNG', () => {
	test.each([640, 380])('of %i px has twice as many pixels', async (width) => {
		const { width: wide, height: high } = await drawn(bars, width);
		expect([wide, high]).toEqual([2 * width, 2 * bars.height]);
	});

	test('shows each colour of the pages where the page has it, in light', async () => {
		const ofBars = coloursOf(await drawn(bars, 640));
		// The bars of 26 weeks, next to the white of the page.
		for (const name of ['failure', 'topic'])
			expect(ofBars.get(lightOf(name)), name).toBeGreaterThan(50_000);
		expect(ofBars.get(lightOf('surface'))).toBeGreaterThan(100_000);
		expect(ofBars.has(lightOf('ai'))).toBe(false);
		const ofLines = coloursOf(await drawn(lines, 640));
		for (const name of ['ai', 'person', 'muted'])
			expect(ofLines.get(lightOf(name)), name).toBeGreaterThan(100);
		expect(ofLines.has(lightOf('failure'))).toBe(false);
	});

	test('has its words in it, with a font of its own', async () => {
		expect(await inkOf('')).toBe(0);
		const few = await inkOf('Topic');
		expect(few).toBeGreaterThan(100);
		expect(await inkOf('Topic and more')).toBeGreaterThan(1.5 * few);
		expect(await inkOf('Topic', 600)).toBeGreaterThan(1.15 * few);
		// Letters, not the one box that stands for all that a font lacks.
		const [thin = 0, thick = 0, round = 0] = await Promise.all(
			['Г', 'Щ', 'Ω'].map((l) => inkOf(l))
		);
		expect(new Set([thin, thick, round]).size).toBe(3);
		expect(thick).toBeGreaterThan(1.3 * thin);
		const red = coloursOf(await drawn(word('Failure', 600, colour.failure), 200));
		expect(red.get(lightOf('failure'))).toBeGreaterThan(50);
	});

	test('stands whatever the log calls its topics', async () => {
		const rows = fixture.clusters.map((row) => ({
			...row,
			topic:
				row.topic &&
				`${row.topic} & <b>"é\u00a0😀 var(--lost) \ud83d${String.fromCharCode(1)}`
		}));
		const { width } = await drawn(clusters(rows, period), 640);
		expect(width).toBe(1280);
	});

	test('is given to HTML as a data URI', async () => {
		const image = await png(word('x'), 20);
		const [head, data = ''] = pngUri(image).split(',');
		expect(head).toBe('data:image/png;base64');
		expect(Buffer.from(data, 'base64')).toEqual(Buffer.from(image));
	});
});

describe('the colours of a chart', () => {
	test('all stand in src/app.css, in light', () => {
		for (const variable of Object.values(colour)) {
			const [, name = ''] = /^var\(--(.+)\)$/.exec(variable) ?? [];
			expect(palette().get(name), variable).toBe(lightOf(name));
		}
	});

	test.each([
		['handoffs', bars],
		['waits', lines],
		['clusters', clusters(fixture.clusters, period)]
	])('are all written out in %s', (_, chart) => {
		expect(standalone(picture(chart, 640))).not.toMatch(/var\(|color-mix\(|<style/);
	});

	test('that no style sheet has are an error', () => {
		expect(() => standalone('<svg viewBox="0 0 1 1"><rect fill="var(--lost)"/></svg>')).toThrow(
			'--lost'
		);
	});
});
