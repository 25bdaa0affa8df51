import { describe, expect, test } from 'vitest';
import { contextItems } from '../../src/lib/charts/quality/contextItems.ts';
import { foretold } from '../../src/lib/charts/quality/foretold.ts';
import { scoreBins } from '../../src/lib/charts/quality/scoreBins.ts';
import { scoreFunnel, standing } from '../../src/lib/charts/quality/scoreFunnel.ts';
import { topicModes } from '../../src/lib/charts/quality/topicModes.ts';
import { groups, group, modesOf, period } from '../fixtures/quality.ts';
import { estimate } from '../fixtures/week.ts';
import { draw, rowTexts, shapes, silent, texts } from './draw.ts';

silent();

const options = {
	period,
	grouping: 'topic',
	name: (key: string | null) => key ?? '(none)',
	href: (key: string | null) => `/quality?topic=${key ?? ''}`
};

describe('the funnel of scores', () => {
	test('names the groups outside the limits and no other', () => {
		const said = texts(draw(scoreFunnel(groups, options)));
		expect(said).toEqual(expect.arrayContaining(['Payment', 'Warranty', '95 %', '99.8 %']));
		expect(said).not.toContain('Delivery');
	});

	test('each mark is a link to its group, left out of the order of the keyboard', () => {
		const links = [...draw(scoreFunnel(groups, options)).querySelectorAll('a')];
		const to = links.map(
			(link) => link.getAttribute('xlink:href') ?? link.getAttribute('href') ?? ''
		);
		for (const key of ['Delivery', 'Payment', 'Warranty', 'Refunds'])
			expect(to).toContain(`/quality?topic=${key}`);
		expect(links.every((link) => link.getAttribute('tabindex') === '-1')).toBe(true);
	});

	test('draws no group with too few, and says so in the table', () => {
		const chart = scoreFunnel(groups, options);
		expect(shapes(draw(chart)).dot).toBe(4);
		expect(rowTexts(chart.table).at(-1)).toEqual(['(none)', 'too few', '6', '']);
	});

	test('says on which side of which limit a group lies', () => {
		expect([-3.2, -2, -1.9, 0, 1.9, 2, 3.2].map(standing)).toEqual([
			'outside 99.8 %, low',
			'outside 95 %, low',
			'within the limits',
			'within the limits',
			'within the limits',
			'outside 95 %, high',
			'outside 99.8 %, high'
		]);
	});

	test('drops the label that would lie on another, the nearer to the mean first', () => {
		const crowd = [-3.1, -3.3, -3.5].map((z, index) =>
			group(`A rather long name ${index}`, 60, 600, z)
		);
		const all = [...crowd, group('Delivery', 68, 1200, 0.1)];
		const said = texts(draw(scoreFunnel({ ...groups, groups: all }, options)));
		expect(said.filter((text) => text.startsWith('A rather')).sort()).toEqual([
			'A rather long name 1',
			'A rather long name 2'
		]);
	});

	test('groups of very different size stand on a log scale, and the picture is the same every time', () => {
		const sizes = [20, 900, 40_000].map((n) => group(String(n), 66, n, 0));
		const chart = scoreFunnel({ ...groups, groups: sizes }, options);
		expect(draw(chart).outerHTML).toBe(draw(chart).outerHTML);
		expect(shapes(draw(chart, 380)).dot).toBe(3);
	});
});

describe('failure modes by topic', () => {
	const rows = [
		modesOf('Delivery', 500, {
			late_rate: estimate(0.34, 500, 0.04),
			cold_rate: estimate(0.1, 9)
		}),
		modesOf(null, 20, { late_rate: estimate(0.05, 20, 0.04), cold_rate: estimate(0, 20) })
	];

	test('leaves out a mode that the log never tells of, and says where a cell has too few', () => {
		const said = texts(draw(topicModes(rows, period)));
		expect(said).toEqual(
			expect.arrayContaining(['Late', 'Cold', '34.0 %', 'too few', '0.0 %'])
		);
		expect(said).not.toContain('Hidden');
	});

	test('the table has interval and n of each cell', () => {
		expect(rowTexts(topicModes(rows, period).table)[0]).toEqual([
			'Delivery',
			'500',
			'34.0 % (30.0–38.0 %)',
			'500',
			'too few',
			'9'
		]);
	});
});

describe('single scores', () => {
	const bins = Array.from({ length: 20 }, (_, index) => ({ from: index * 5, n: index }));
	const distribution = { bins, counted: 190, uncounted: 3, unscored: 1 };

	test('have a bar for each span and the mean marked', () => {
		const svg = draw(scoreBins(distribution, { period, mean: 63.25 }));
		expect(shapes(svg).rect).toBe(20);
		expect(texts(svg)).toContain('mean 63.3');
	});

	test('the table says where each span ends', () => {
		const rows = rowTexts(scoreBins(distribution, { period, mean: null }).table);
		expect(rows[1]).toEqual(['5 to under 10', '1', '0.5 %']);
		expect(rows[19]?.[0]).toBe('95–100');
	});
});

test('items of context are drawn with their intervals; one that nobody logs is not', () => {
	const item = (name: string, value: number | null) => ({
		item: name,
		isRequired: name === 'summary',
		missing: estimate(value, value === null ? 0 : 90, 0.05),
		handle: null,
		reask: null
	});
	const chart = contextItems([item('summary', 0.3), item('intent', null)], period);
	expect(shapes(draw(chart))).toMatchObject({ dot: 1, rule: 1 });
	expect(rowTexts(chart.table)).toEqual([
		['Summary', '30.0 % (25.0–35.0 %)', '90'],
		['Intent', '–', '0']
	]);
});

test('expected and seen stand against the line on which both are equal', () => {
	const bin = (meanScore: number, rate: number) => ({
		from: 0,
		to: 1,
		n: 50,
		meanScore,
		rate,
		low: rate - 0.1,
		high: rate + 0.1
	});
	const chart = foretold([bin(0.5, 0.45), bin(0.8, 0.85)], { label: 'Satisfied', weeks: 'May' });
	expect(shapes(draw(chart))).toMatchObject({ dot: 2, rule: 2, line: 1 });
	expect(rowTexts(chart.table)[1]).toEqual(['80.0 %', '85.0 % (75.0–95.0 %)', '50']);
});
