import { describe, expect, test } from 'vitest';
import { csatAnswers } from '../../src/lib/charts/csat/csatAnswers.ts';
import { csatPaths } from '../../src/lib/charts/csat/csatPaths.ts';
import { csatRanking } from '../../src/lib/charts/csat/csatRanking.ts';
import { binWords, csatWaits } from '../../src/lib/charts/csat/csatWaits.ts';
import type { PathSummary, RankedGroup, Ranking, WaitBins } from '../../src/lib/csat.ts';
import type { Path } from '../../src/lib/week.ts';
import { estimate } from '../fixtures/week.ts';
import { draw, rowTexts, shapes, silent, texts } from './draw.ts';

silent();

const period = '26 weeks to 15 Nov 2026';

const path = (name: Path, share: number, n: number): PathSummary => ({
	path: name,
	conversations: 3 * n,
	response: estimate(1 / 3, 3 * n, 0.02),
	csat_top2: estimate(share, n, 0.03),
	csat_mean: estimate(1 + 4 * share, n, 0.1),
	standardised:
		n < 30 ? null : { value: share, low: share - 0.03, high: share + 0.03, covered: 1 },
	weighted: null,
	difference: null,
	bounds: { low: share / 3, high: share / 3 + 2 / 3 }
});

describe('satisfied share of the paths', () => {
	const all = [
		path('handed_off', 0.61, 3161),
		path('ai_only', 0.65, 900),
		path('human_only', 0.7, 200)
	];

	test('shows each path as answered and at one mix, on its bounds', () => {
		const svg = draw(csatPaths(all, period));
		expect(shapes(svg).dot).toBe(6);
		for (const name of [
			'Handed over',
			'AI only',
			'Person only',
			'As answered',
			'Same topic mix'
		])
			expect(texts(svg).filter((text) => text === name)).toHaveLength(1);
		expect(csatPaths(all, period).description).toContain('kept silent');
	});

	test('shows no value of a path with fewer than 10 answers, and says so', () => {
		const svg = draw(csatPaths([...all.slice(0, 2), path('human_only', 0.7, 9)], period));
		expect(shapes(svg).dot).toBe(4);
		expect(texts(svg)).toContain('too few (n = 9)');
	});
});

describe('answers on 1–5', () => {
	const row = (name: Path, answer: number, n: number) => ({
		path: name,
		answer,
		n,
		n_between: 0
	});
	const rows = [
		...[1, 2, 3, 4, 5].map((answer) => row('handed_off', answer, 10 * answer)),
		row('ai_only', 5, 8)
	];

	test('stand as shares of their own path, with its n', () => {
		const chart = csatAnswers(rows, period);
		const said = texts(draw(chart)).join(' ');
		expect(said).toContain('n = 150');
		expect(said).toContain('33 %');
		expect(rowTexts(chart.table)[0]).toEqual([
			'Handed over',
			'6.7 %',
			'13.3 %',
			'20.0 %',
			'26.7 %',
			'33.3 %',
			'150'
		]);
	});

	test('of fewer than 10 are no shares', () => {
		const chart = csatAnswers(rows, period);
		expect(shapes(draw(chart)).bar).toBe(5);
		expect(rowTexts(chart.table)[1]?.slice(1, 6)).toEqual(Array<string>(5).fill('–'));
		expect(texts(draw(chart)).join(' ')).toContain('too few (n = 8)');
	});
});

describe('satisfied share by trigger', () => {
	const group = (
		key: string | null,
		share: number,
		n: number,
		differs: boolean
	): RankedGroup => ({
		key,
		handoffs: 3 * n,
		csat_top2: estimate(share, n, 0.05),
		shrunken: n < 10 ? null : { value: share, low: share - 0.04, high: share + 0.04 },
		difference: n < 10 ? null : { value: share - 0.6, low: null, high: null, differs }
	});
	const ranking: Ranking = {
		all: estimate(0.6, 500, 0.02),
		groups: [
			group('customer_request', 0.23, 309, true),
			group(null, 0.58, 120, false),
			group('legal_compliance', 0.8, 70, true),
			group('frustration', 0.5, 4, false)
		]
	};

	test('keeps the order of the ranking and marks what differs, in words', () => {
		const chart = csatRanking(ranking, 'trigger', period);
		expect(rowTexts(chart.table).map(([name]) => name)).toEqual([
			'Asked for a person',
			'No trigger',
			'Legal or compliance'
		]);
		const svg = draw(chart);
		expect(texts(svg)).toContain('n = 309, lower');
		expect(texts(svg)).toContain('n = 70, higher');
		expect(texts(svg)).toContain('n = 120');
		expect(texts(svg)).toContain('all 60.0 %');
		expect(shapes(svg).dot).toBe(6);
	});
});

describe('satisfied share by wait', () => {
	test('names its bins in the largest unit they need', () => {
		const words = (from_s: number, to_s: number | null) => binWords({ from_s, to_s });
		expect(words(0, 30)).toBe('under 30 s');
		expect(words(30, 60)).toBe('30 s – 1 min');
		expect(words(60, 120)).toBe('1–2 min');
		expect(words(1800, 14_400)).toBe('30 min – 4 h');
		expect(words(14_400, null)).toBe('4 h and more');
		expect(words(0, null)).toBe('any');
	});

	test('goes from the shortest to the longest, evened out where that can be', () => {
		const bins: WaitBins = {
			mix: { topics: 3, merged: 0, mergedShare: 0 },
			bins: [
				{
					from_s: 0,
					to_s: 60,
					handoffs: 300,
					csat_top2: estimate(0.7, 100, 0.05),
					standardised: { value: 0.69, low: 0.64, high: 0.74 }
				},
				{
					from_s: 60,
					to_s: null,
					handoffs: 200,
					csat_top2: estimate(0.4, 60, 0.05),
					standardised: null
				}
			]
		};
		const chart = csatWaits(bins, 'before', period);
		expect(rowTexts(chart.table)).toEqual([
			['under 1 min', '70.0 % (65.0–75.0 %)', '69.0 % (64.0–74.0 %)', '100'],
			['1 min and more', '40.0 % (35.0–45.0 %)', '–', '60']
		]);
		expect(shapes(draw(chart)).dot).toBe(3);
	});
});
