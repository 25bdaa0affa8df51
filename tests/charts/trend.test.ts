import { describe, expect, test } from 'vitest';
import { colour } from '../../src/lib/charts/chart.ts';
import { spread } from '../../src/lib/charts/spread.ts';
import { trend } from '../../src/lib/charts/trend.ts';
import { estimate, series, week } from '../fixtures/week.ts';
import { draw, rowTexts, shapes, silent, texts } from './draw.ts';

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
		expect(rowTexts(table)[10]?.slice(1)).toEqual(['–', '0']);
		expect(rowTexts(table)[16]?.slice(1)).toEqual(['too few', '7']);
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

describe('a trend with control limits', () => {
	const unjudged = { centre: null, low: null, high: null, verdict: null } as const;
	/** Limits that widen from week to week; the first two weeks are not judged. */
	const judged = points.map((point, index) => ({
		...point,
		limits:
			index < 2
				? unjudged
				: ({
						centre: 64,
						low: 58 - index / 10,
						high: 70 + index / 10,
						verdict: index === 12 ? 'signal' : index === 20 ? 'shift' : 'steady'
					} as const)
	}));
	const chart = trend([{ ...line, points: judged }], options);

	test('draws centre and limits in steps, each week with its own', () => {
		const lines = [...draw(chart).querySelectorAll('g[aria-label=line] path')].map(
			(path) => path.getAttribute('d') ?? ''
		);
		// Of 24 judged weeks; a step goes along and then up or down, never aslant.
		const steps = lines.filter((path) => {
			const at = [...path.matchAll(/[ML]([\d.]+),([\d.]+)/g)].map(([, x, y]) => ({ x, y }));
			return (
				at.length > 24 &&
				at.every(({ x, y }, n) => n === 0 || x === at[n - 1]?.x || y === at[n - 1]?.y)
			);
		});
		expect(steps).toHaveLength(3);
		const heights = steps.map(
			(path) => new Set([...path.matchAll(/,([\d.]+)/g)].map(([, y]) => y)).size
		);
		expect(heights.sort((a, b) => a - b)).toEqual([1, 24, 24]);
	});

	test('marks signals, and nothing else, in the colour of signals', () => {
		const dots = [...draw(chart).querySelectorAll('g[aria-label=dot] circle')];
		const red = dots.filter((dot) => dot.getAttribute('fill') === colour.signal);
		expect(dots).toHaveLength(2);
		expect(red).toHaveLength(1);
		expect(red[0]?.getAttribute('stroke')).toBe(colour.signal);
		const xs = dots.map((dot) => Number(dot.getAttribute('cx')));
		expect(Number(red[0]?.getAttribute('cx'))).toBe(Math.min(...xs));
	});

	test('makes room for limits beyond the values', () => {
		const wide = judged.map((point) => ({
			...point,
			limits: { ...point.limits, ...(point.limits.verdict && { low: 20, high: 90 }) }
		}));
		const ys = [
			...draw(trend([{ ...line, points: wide }], options)).querySelectorAll(
				'g[aria-label=line] path'
			)
		]
			.flatMap((path) => [...(path.getAttribute('d') ?? '').matchAll(/,(-?[\d.]+)/g)])
			.map(([, y]) => Number(y));
		expect(Math.min(...ys)).toBeGreaterThanOrEqual(0);
		expect(Math.max(...ys)).toBeLessThanOrEqual(chart.height);
	});

	test('has columns of limits and verdicts in its table where weeks are judged, and only there', () => {
		expect(chart.table.head).toEqual(['Week', 'Quality score', 'n', 'Limits', 'Verdict']);
		const [first] = rowTexts(chart.table);
		expect(first?.slice(3)).toEqual(['–', '–']);
		expect(rowTexts(chart.table).map((row) => row[4])).toEqual([
			...Array<string>(2).fill('–'),
			...Array<string>(10).fill('steady'),
			'signal',
			...Array<string>(7).fill('steady'),
			'shift to check',
			...Array<string>(5).fill('steady')
		]);
		expect(rowTexts(chart.table)[12]?.[3]).toBe('56.8–71.2');
		expect(trend([line], options).table.head).toEqual(['Week', 'Quality score', 'n']);
		const both = trend(
			[
				{ ...line, label: 'before', points: judged },
				{ ...line, label: 'after' }
			],
			options
		);
		expect(both.table.head).toEqual([
			'Week',
			'before',
			'n, before',
			'Limits, before',
			'Verdict, before',
			'after',
			'n, after'
		]);
		for (const row of rowTexts(both.table)) expect(row).toHaveLength(7);
	});

	test('of a week too thin to show has no limits either', () => {
		const thin = judged.map((point, index) =>
			index === 12 ? { ...point, estimate: estimate(90, 7, 1) } : point
		);
		const { table, ...rest } = trend([{ ...line, points: thin }], options);
		expect(rowTexts(table)[12]?.slice(1)).toEqual(['too few', '7', '–', '–']);
		expect(draw({ ...rest, table }).outerHTML).not.toContain(`fill="${colour.signal}"`);
	});
});
