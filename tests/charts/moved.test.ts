import { describe, expect, test } from 'vitest';
import { colour } from '../../src/lib/charts/chart.ts';
import { moved } from '../../src/lib/charts/week/moved.ts';
import type { Effect, Moved, MovedRow } from '../../src/lib/moved.ts';
import { draw, rowTexts, shapes, silent, texts } from './draw.ts';

silent();

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

function change(rows: Pick<MovedRow, 'key' | 'parts'>[], some: Partial<Moved> = {}): Moved {
	const effects: Effect[] = some.effects ?? ['mix', 'rate'];
	const totals = effects.map((_, effect) => sum(rows.map(({ parts }) => parts[effect] ?? 0)));
	return {
		metric: 'failure_share',
		against: 'before',
		before: 0.5,
		after: 0.5 + sum(totals),
		change: sum(totals),
		effects,
		totals,
		rows: rows.map((row) => ({
			...row,
			before: { n: 40, value: 0.5 },
			after: { n: 37.5, value: 0.625 },
			interval: null
		})),
		beforePeriod: { from: '2026-11-02', to: '2026-11-09', weeks: 1 },
		afterPeriod: { from: '2026-11-09', to: '2026-11-16', weeks: 1 },
		...some
	};
}

const three = change([
	{ key: 'Refunds', parts: [0.01, 0.03] },
	{ key: null, parts: [0.01, -0.02] },
	{ key: 'Delivery', parts: [0, -0.005] }
]);

const bars = (svg: Element) =>
	[...svg.querySelectorAll('g[aria-label=bar] rect')].map((bar) => ({
		x: Number(bar.getAttribute('x')),
		y: Number(bar.getAttribute('y')),
		width: Number(bar.getAttribute('width')),
		fill: bar.getAttribute('fill')
	}));

describe('what moved a metric', () => {
	test('names the metric, with an abbreviation left as it is', () => {
		expect(moved(three).title).toBe('What moved failure handoffs, topic by topic');
		expect(moved(change([], { metric: 'csat_mean' })).title).toBe(
			'What moved CSAT after handoff, topic by topic'
		);
	});

	test('draws a bar for every part that is not zero and a dot for every sum', () => {
		const svg = draw(moved(three));
		expect(shapes(svg)).toMatchObject({ bar: 5, dot: 3 });
		expect(texts(svg)).toEqual(expect.arrayContaining(['Refunds', '(none)', 'Delivery']));
	});

	test('puts parts of one way side by side and those of the other way across zero', () => {
		const found = bars(draw(moved(three)));
		const rows = [...new Set(found.map(({ y }) => y))].sort((a, b) => a - b);
		const of = (row: number, fill: string) =>
			found.find((bar) => bar.y === rows[row] && bar.fill === fill) ?? { x: NaN, width: NaN };
		const [mix, rate] = [of(0, colour.unknown), of(0, colour.ink)];
		expect(rate.width / mix.width).toBeCloseTo(3, 0);
		expect(rate.x).toBeGreaterThanOrEqual(mix.x + mix.width);
		const [up, down] = [of(1, colour.unknown), of(1, colour.ink)];
		expect(down.x + down.width).toBeLessThanOrEqual(up.x);
		expect(up.x).toBeCloseTo(mix.x, 6);
	});

	test('has a table whose cells add up, of every topic, with the change at its end', () => {
		const { table } = moved(three);
		const { head } = table;
		const rows = rowTexts(table);
		expect(head).toEqual([
			'Topic',
			'Before',
			'n a week, before',
			'After',
			'n, after',
			'Mix',
			'Rate',
			'Together'
		]);
		expect(rows).toEqual([
			[
				'Refunds',
				'50.0 %',
				'40',
				'62.5 %',
				'37.5',
				'+1.00 points',
				'+3.00 points',
				'+4.00 points'
			],
			[
				'(none)',
				'50.0 %',
				'40',
				'62.5 %',
				'37.5',
				'+1.00 points',
				'−2.00 points',
				'−1.00 points'
			],
			[
				'Delivery',
				'50.0 %',
				'40',
				'62.5 %',
				'37.5',
				'0.00 points',
				'−0.50 points',
				'−0.50 points'
			],
			['All', '50.0 %', '', '52.5 %', '', '+2.00 points', '+0.50 points', '+2.50 points']
		]);
	});

	test('a topic absent in a period has no value there, and not zero', () => {
		const { table } = moved({
			...three,
			rows: three.rows.map((row) => ({ ...row, before: { n: 0, value: null } }))
		});
		expect(rowTexts(table)[0]?.slice(1, 3)).toEqual(['–', '0']);
	});

	test('a row of thin topics is named, leads nowhere, and too few is not absent', () => {
		const [row] = three.rows;
		if (!row) throw new Error('no row');
		const thin = { ...row, key: null, joined: ['A', 'B'], after: { n: 9, value: null } };
		const { table } = moved({ ...three, rows: [thin] }, () => '/');
		expect(rowTexts(table)[0]?.slice(0, 5)).toEqual([
			'2 thin topics',
			'50.0 %',
			'40',
			'too few',
			'9'
		]);
		expect(table.links).toEqual([null, null]);
	});

	test('draws the twelve most moved and the others together; the table has them all', () => {
		const many = change(
			Array.from({ length: 15 }, (_, at) => ({ key: `T${at}`, parts: [0, 0.02 - at / 1000] }))
		);
		const chart = moved(many);
		const svg = draw(chart);
		expect(texts(svg)).toContain('3 others');
		expect(texts(svg)).not.toContain('T12');
		expect(shapes(svg).bar).toBe(13);
		expect(rowTexts(chart.table)).toHaveLength(16);
		const widths = bars(svg).map(({ width }) => width + 1);
		const all = sum(widths) / sum(many.totals);
		// 0.008 + 0.007 + 0.006
		expect(Math.max(...widths) / all).toBeCloseTo(0.021, 3);
	});

	test('of a count alone has one bar a topic and no sums beside them', () => {
		const count = change([{ key: 'Refunds', parts: [2.5] }], {
			metric: 'handoffs',
			effects: ['count'],
			before: 40,
			after: 42.5
		});
		const [row] = count.rows;
		if (!row) throw new Error('no row');
		const side = (n: number) => ({ n, value: n });
		const chart = moved({ ...count, rows: [{ ...row, before: side(40), after: side(42.5) }] });
		// Together nearly a tenth, of which neither row can say anything.
		const halves = [0.04, 0.04].map((n) => ({
			...row,
			before: side(0),
			after: side(n),
			parts: [n]
		}));
		const split = { ...count, before: 0, after: 0.08, change: 0.08, totals: [0.08] };
		expect(rowTexts(moved({ ...split, rows: halves }).table).slice(-2)).toEqual([
			['Rounding', '', '', '', '', '+0.1'],
			['All', '0', '', '0.1', '', '+0.1']
		]);
		expect(shapes(draw(chart)).dot ?? 0).toBe(0);
		expect(chart.table.head).toEqual([
			'Topic',
			'Before',
			'n a week, before',
			'After',
			'n, after',
			'Handoffs'
		]);
		expect(rowTexts(chart.table)[1]).toEqual(['All', '40', '', '42.5', '', '+2.5']);
		expect(texts(draw(chart)).join(' ')).toContain('Change in handoffs a week');
	});

	test('is the same picture every time', () => {
		expect(draw(moved(three)).outerHTML).toBe(draw(moved(three)).outerHTML);
	});
});
