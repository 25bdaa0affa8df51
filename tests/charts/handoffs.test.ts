import { describe, expect, test } from 'vitest';
import { handoffs } from '../../src/lib/charts/week/handoffs.ts';
import { bare, routes, series, week } from '../fixtures/week.ts';
import { draw, rowTexts, shapes, silent, texts } from './draw.ts';

silent();

const first = series[0]?.week;

describe('handoffs by week', () => {
	test('stack failure, topic and unknown routes, each named beside the last bar', () => {
		const chart = handoffs(routes, week, first);
		const svg = draw(chart);
		expect(chart.title).toBe('Failure and topic handoffs by week, 26 weeks to 15 Nov');
		expect(shapes(svg).bar).toBe(26 * 3);
		expect(texts(svg)).toEqual(
			expect.arrayContaining([
				'Failure',
				'Topic',
				'Not known',
				'Handoffs a week',
				'Jun',
				'Nov'
			])
		);
	});

	test('say so when the log knows no routes', () => {
		const chart = handoffs(bare.routes, week, first);
		expect(chart.title).toContain('the log does not say why');
		expect(shapes(draw(chart)).bar).toBe(26);
	});

	test('add up in their table', () => {
		for (const row of rowTexts(handoffs(routes, week, first).table)) {
			const [failure, topic, unknown, all] = row.slice(1).map(Number);
			expect((failure ?? 0) + (topic ?? 0) + (unknown ?? 0)).toBe(all);
		}
	});

	test('show eight weeks of a log that is younger', () => {
		const young = routes.filter((row) => row.week === week);
		const chart = handoffs(young, week, week);
		expect(chart.title).toContain('8 weeks');
		expect(shapes(draw(chart)).bar).toBe(3);
	});
});
