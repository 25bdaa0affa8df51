import { parseHTML } from 'linkedom';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { cellText } from '../../src/lib/charts/cells.ts';
import type { Chart, Table } from '../../src/lib/charts/chart.ts';
import { chartCsv } from '../../src/lib/charts/chartCsv.ts';
import { picture } from '../../src/lib/charts/picture.ts';
import { csvFaults } from './csvFaults.ts';

/**
 * Draws a chart as the server does and gives its SVG; a warning of Plot fails the test, and so does
 * a CSV that cannot be calculated with.
 */
export function draw(chart: Chart, width = 660): Element {
	expect(csvFaults(chartCsv(chart))).toEqual([]);
	const { document } = parseHTML(picture(chart, width));
	const svg = document.querySelector('svg');
	if (!svg) throw new Error('no picture was drawn');
	return svg as unknown as Element;
}

/** The texts of a picture, in the order they are drawn. */
export function texts(svg: Element): string[] {
	return [...svg.querySelectorAll('text')].flatMap((text) => {
		const said = text.textContent?.trim() ?? '';
		return said === '' ? [] : [said];
	});
}

/** Where the marks of a picture lead, in its order. */
export function links(svg: Element): (string | null)[] {
	return [...svg.querySelectorAll('a')].map(
		(link) => link.getAttribute('href') ?? link.getAttribute('xlink:href')
	);
}

/** How many shapes each mark has drawn, by Plot's name of the mark. */
export function shapes(svg: Element): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const group of svg.querySelectorAll('g[aria-label]')) {
		const name = group.getAttribute('aria-label') ?? '';
		if (/axis|grid|tip/.test(name)) continue;
		counts[name] =
			(counts[name] ?? 0) + group.querySelectorAll('path, rect, line, circle').length;
	}
	return counts;
}

/** Call once in a file of chart tests. */
export function silent(): void {
	beforeEach(() => {
		vi.spyOn(console, 'warn');
		vi.spyOn(console, 'error');
	});
	afterEach(() => {
		expect(vi.mocked(console.warn).mock.calls).toEqual([]);
		expect(vi.mocked(console.error).mock.calls).toEqual([]);
		vi.restoreAllMocks();
	});
}

/** What a reader sees in the rows of a table. */
export const rowTexts = ({ rows }: Table): string[][] => rows.map((cells) => cells.map(cellText));
