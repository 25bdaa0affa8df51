import { describe, expect, test } from 'vitest';
import { spread } from '../../src/lib/charts/spread.ts';
import { trend } from '../../src/lib/charts/trend.ts';
import { estimate, series, week } from '../fixtures/week.ts';
import { draw, shapes, silent, texts } from './draw.ts';

silent();

const first = series[0]?.week;
const points = series.map(({ week, values }) => ({ week, estimate: values.quality_score }));
const options = { label: 'Quality score', unit: 'score', floor: 10, week, first } as const;
const line = { label: 'Quality score', points };

describe('a trend', () => {
	test('draws one line, its interval and the week shown', () => {
		const chart = trend([line], options);
		expect(chart.title).toBe('Quality score by week, 26 weeks to 15 Nov');
		expect(shapes(draw(chart))).toMatchObject({ line: 1, area: 1, dot: 1, rule: 1 });
	});

	test('is the same picture every time', () => {
		expect(draw(trend([line], options)).outerHTML).toBe(draw(trend([line], options)).outerHTML);
	});

	test('leaves a gap where a week is missing or too thin, and never draws it as zero', () => {
		const thin = points
			.filter((_, index) => index !== 10)
			.map((point, index) =>
				index === 15 ? { ...point, estimate: estimate(64, 7, 9) } : point
			);
		const path = draw(trend([{ ...line, points: thin }], options))
			.querySelector('g[aria-label=line] path')
			?.getAttribute('d');
		expect(path?.match(/M/g)).toHaveLength(3);
		const table = trend([{ ...line, points: thin }], options).table;
		expect(table.rows[10]?.slice(1)).toEqual(['–', '0']);
		expect(table.rows[16]?.slice(1)).toEqual(['too few', '7']);
	});

	test('shows a week that stands alone as a dot', () => {
		const alone = points.filter((_, index) => index === 4 || index === 25);
		expect(shapes(draw(trend([{ ...line, points: alone }], options))).dot).toBe(2);
	});

	test('dashes weeks that are not yet known', () => {
		const svg = draw(trend([line], { ...options, openFrom: '2026-11-02' }));
		expect(svg.querySelectorAll('g[aria-label=line][stroke-dasharray]')).toHaveLength(1);
	});

	test('names two lines at their ends, apart from each other', () => {
		const both = trend(
			[
				{ ...line, label: 'before' },
				{ ...line, label: 'after' }
			],
			options
		);
		expect(texts(draw(both))).toEqual(expect.arrayContaining(['before', 'after']));
		expect(spread([{ y: 1 }, { y: 1.1 }, { y: null }], 2)).toEqual([{ y: 1 }, { y: 3 }]);
	});

	test('draws an empty log without complaint', () => {
		expect(shapes(draw(trend([{ ...line, points: [] }], options))).dot ?? 0).toBe(0);
	});
});
