import { describe, expect, test } from 'vitest';
import { dotRows } from '../../src/lib/charts/dotRows.ts';
import { returns } from '../../src/lib/charts/repeats/returns.ts';
import { returnSplit } from '../../src/lib/charts/repeats/returnSplit.ts';
import { returnWeeks } from '../../src/lib/charts/repeats/returnWeeks.ts';
import { curve, page } from '../fixtures/repeats.ts';
import { draw, links, rowTexts, shapes, silent, texts } from './draw.ts';

silent();

const lineOf = (label: string, end: number) => {
	const { steps, marks } = curve('handed_off', 1000, end);
	return { label, colour: 'var(--ink)', points: steps, marks };
};

describe('curves of returns', () => {
	const chart = returns([lineOf('Handed over', 0.6), lineOf('AI only', 0.3)], {
		title: 'Share back',
		days: 7
	});

	test('name their lines at the end, mark 1, 3, 7, 14 and 30 days, and carry a table', () => {
		const svg = draw(chart);
		expect(texts(svg)).toEqual(
			expect.arrayContaining(['Handed over', 'AI only', '1', '3', '7', '14', '30'])
		);
		expect(shapes(svg).dot).toBe(10);
		expect(chart.table.head).toHaveLength(11);
		// 0.6 of the way on day 30, so 7/30 of that on day 7.
		expect(rowTexts(chart.table)[0]?.[5]).toBe('14.0 % (13.0–15.0 %)');
		expect(rowTexts(chart.table)[0]?.[6]).toBe('860');
	});

	test('lead to those back by each day that is marked, in figure and table', () => {
		const line = lineOf('Handed over', 0.6);
		const marks = line.marks.map((mark) => ({ ...mark, href: `/back/${String(mark.day)}` }));
		const made = returns([{ ...line, marks }, lineOf('AI only', 0.3)], {
			title: 'Share back',
			days: 7
		});
		const days = ['/back/1', '/back/3', '/back/7', '/back/14', '/back/30'];
		expect(links(draw(made))).toEqual(days);
		expect(made.table.cellLinks?.[0]).toEqual([null, ...days.flatMap((day) => [day, null])]);
		expect(made.table.cellLinks?.[1]?.some((link) => link !== null)).toBe(false);
	});

	test('end where too few are watched, and leave no mark there', () => {
		const thin = lineOf('Thin', 0.6);
		const cut = <Point extends { day: number; value: number | null }>(point: Point) =>
			point.day > 7 ? { ...point, value: null } : point;
		const made = returns(
			[{ ...thin, points: thin.points.map(cut), marks: thin.marks.map(cut) }],
			{ title: 'Share back', days: 7 }
		);
		expect(shapes(draw(made)).dot).toBe(3);
		expect(rowTexts(made.table)[0]?.[7]).toBe('–');
	});

	test('labels of lines that end together keep apart and within the picture', () => {
		const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((label) => lineOf(label, 0.5));
		const made = returns(many, { title: 'Share back', days: 7 });
		const places = [...draw(made).querySelectorAll('g[aria-label="text"] text')].map((text) =>
			Number(/,\s*(-?[\d.]+)\)/.exec(text.getAttribute('transform') ?? '')?.[1])
		);
		const sorted = [...places].sort((a, b) => a - b);
		expect(sorted).toHaveLength(6);
		expect(sorted[0]).toBeGreaterThan(0);
		for (const [at, y] of sorted.slice(1).entries())
			expect(y - (sorted[at] ?? y)).toBeGreaterThan(12);
	});
});

describe('returns by the topic of the first contact', () => {
	test('are two areas with their names; the table adds up', () => {
		const chart = returnSplit(curve('ai_only', 4000, 0.4, true), {
			title: 'AI only',
			top: 0.4
		});
		const svg = draw(chart, 380);
		expect(texts(svg)).toEqual(expect.arrayContaining(['same topic', 'other topic']));
		expect(shapes(svg).area).toBe(2);
		const shares = (rowTexts(chart.table).at(-1) ?? [])
			.slice(1, 4)
			.map((cell) => parseFloat(cell));
		expect(shares).toEqual([30, 10, 40]);
	});
});

describe('returns by week', () => {
	const options = {
		label: 'Back within 7 days',
		week: '2026-11-09',
		first: '2026-04-20',
		openFrom: '2026-11-09'
	};

	test('shade the weeks that are not yet known and say so', () => {
		const chart = returnWeeks(page.series, options);
		const svg = draw(chart);
		expect(shapes(svg).bar).toBe(1);
		expect(texts(svg)).toContain('not yet known');
		expect(chart.table.head.at(-1)).toBe('Known');
		expect(
			rowTexts(chart.table)
				.map((cells) => cells.at(-1))
				.slice(-2)
		).toEqual(['yes', 'not yet']);
	});

	test('shade nothing where all is known', () => {
		const svg = draw(returnWeeks(page.series, { ...options, openFrom: undefined }));
		expect(texts(svg)).not.toContain('not yet known');
		expect(shapes(svg).bar ?? 0).toBe(0);
	});
});

describe('dots in rows', () => {
	test('draw a dot for each share, name the series, leave out what is not there', () => {
		const chart = dotRows(
			[
				{ label: 'Refunds', shares: [{ value: 0.2, low: 0.1, high: 0.3, n: 50 }, null] },
				{
					label: 'Delivery',
					shares: [
						{ value: 0.4, low: 0.3, high: 0.5, n: 80 },
						{ value: 0, low: 0, high: 0.1, n: 30 }
					]
				}
			],
			[
				{ label: 'Came back', stroke: 'var(--ai)', symbol: 'circle' },
				{ label: 'Contained', stroke: 'var(--unknown)', symbol: 'square' }
			],
			{ title: 'Two', description: 'Two.', axis: 'Share', head: 'Topic' }
		);
		const svg = draw(chart);
		expect(texts(svg)).toEqual(
			expect.arrayContaining(['Refunds', 'Delivery', 'Came back', 'Contained'])
		);
		// Three shares and two signs of the series.
		expect(shapes(svg).dot).toBe(5);
		expect(rowTexts(chart.table)[0]).toEqual([
			'Refunds',
			'20.0 % (10.0–30.0 %)',
			'50',
			'–',
			'–'
		]);
	});
});
