import { describe, expect, test } from 'vitest';
import { clusters } from '../../src/lib/charts/week/clusters.ts';
import { clusters as rows } from '../fixtures/week.ts';
import { draw, rowTexts, shapes, silent, texts } from './draw.ts';

silent();

const period = { first: '2026-10-19', last: '2026-11-15' };

describe('clusters of failure handoffs', () => {
	test('print every count, with the largest topic first and triggers in words', () => {
		const chart = clusters(rows, period);
		const svg = draw(chart);
		const filled = rows.filter(({ n }) => n > 0);
		expect(chart.title).toBe('Where failure handoffs cluster, 19 Oct – 15 Nov 2026');
		expect(shapes(svg).cell).toBe(filled.length);
		expect(texts(svg)).toEqual(
			expect.arrayContaining([
				'Asked for a person',
				'Low confidence',
				'Refunds',
				'(none)',
				'All'
			])
		);
		expect(rowTexts(chart.table)[0]?.[0]).toBe('Refunds');
		const all = rowTexts(chart.table).reduce((sum, row) => sum + Number(row.at(-1)), 0);
		expect(all).toBe(filled.reduce((sum, { n }) => sum + n, 0));
	});

	test('keep a trigger of the log’s own and one that is missing', () => {
		const own = [
			{ topic: 'Refunds', trigger: 'full moon', n: 3 },
			{ topic: 'Refunds', trigger: null, n: 2 }
		];
		expect(texts(draw(clusters(own, period)))).toEqual(
			expect.arrayContaining(['full moon', 'No trigger'])
		);
	});

	test('say how many topics are left out of the picture; the table keeps them', () => {
		const many = Array.from({ length: 20 }, (_, index) => ({
			topic: `topic ${index}`,
			trigger: 'frustration',
			n: 20 - index
		}));
		const chart = clusters(many, period);
		expect(chart.title).toContain('the 16 largest topics of 20');
		expect(shapes(draw(chart)).cell).toBe(16);
		expect(rowTexts(chart.table)).toHaveLength(20);
	});

	test('are as tall at any width', () => {
		const chart = clusters(rows, period);
		const heights = [380, 660].map((width) => draw(chart, width).getAttribute('height'));
		expect(heights).toEqual([String(chart.height), String(chart.height)]);
	});
});
