import { describe, expect, it } from 'vitest';
import { thresholdWhatIf, type ConfidenceBin } from '../../src/lib/analysis/thresholdWhatIf.ts';
import { lateness, turnsWords } from '../../src/lib/charts/triggers/lateness.ts';
import { requests } from '../../src/lib/charts/triggers/requests.ts';
import { thresholdBand, thresholdVolume } from '../../src/lib/charts/triggers/thresholdSweep.ts';
import { triggerRules } from '../../src/lib/charts/triggers/triggerRules.ts';
import type { Estimate } from '../../src/lib/estimate.ts';
import { ruleMetrics, type Rule, type ThresholdPage, type Timing } from '../../src/lib/triggers.ts';
import { draw, links, rowTexts, shapes, silent, texts } from './draw.ts';

silent();

const share = (value: number, n = 100): Estimate => ({
	value,
	n,
	low: Math.max(0, value - 0.1),
	high: Math.min(1, value + 0.1),
	coverage: 1
});

const rule = (trigger: string, late: Estimate, before: Estimate | null = null): Rule => {
	const values = (estimate: Estimate) =>
		Object.fromEntries(ruleMetrics.map((id) => [id, estimate])) as Rule['values'];
	return {
		route: 'failure',
		trigger,
		handoffs: late.n,
		values: values(late),
		before: before && { handoffs: before.n, values: values(before) },
		attempts: share(1),
		changes: {},
		against: {},
		pace: null
	};
};

describe('the figure of triggers', () => {
	const chart = triggerRules(
		[
			rule('low_confidence', share(0.2), share(0.3)),
			rule('customer_request', share(0.9)),
			rule('ai_error', share(0.5, 9))
		],
		{
			route: 'failure',
			metric: 'late_rate',
			whole: share(0.4),
			wholeBefore: share(0.5),
			period: '4 weeks to 15 Nov 2026',
			before: 'the 4 weeks before',
			href: (one) => `/handoffs?trigger=${one?.trigger ?? 'any'}`
		}
	);

	it('sets the route first, then high shares, and leaves out triggers with too few', () => {
		expect(rowTexts(chart.table).map(([name]) => name)).toEqual([
			'All failures',
			'Asked for a person',
			'Low confidence'
		]);
	});

	it('draws a dot for every share known in either period', () => {
		const said = texts(draw(chart));
		expect(said).toContain('Asked for a person');
		expect(said).toContain('This period');
		expect(said).toContain('Before');
		// Three of this period, two of before, two in the legend.
		expect(shapes(draw(chart))['dot']).toBe(7);
	});

	it('leads from each row to what its share counts', () => {
		expect(chart.table.links).toEqual([
			'/handoffs?trigger=any',
			'/handoffs?trigger=customer_request',
			'/handoffs?trigger=low_confidence'
		]);
	});
});

const bins = Array.from({ length: 100 }, (_, at): ConfidenceBin => {
	const handed = at < 50 ? 4 : 0;
	return {
		from: at / 100,
		to: (at + 1) / 100,
		n: 4,
		handed,
		ai: { hits: handed ? 0 : 3, n: 4 - handed },
		human: { hits: handed ? 2 : 0, n: handed }
	};
});
const sweep = Array.from({ length: 101 }, (_, at) => thresholdWhatIf(bins, 0.5, at / 100));
const page: ThresholdPage = {
	lacks: null,
	uncarried: null,
	kept: { n: 200, confident: 200 },
	handed: { n: 200, confident: 200 },
	below: 200,
	inForce: { threshold: 0.5, agree: 1 },
	sweep,
	now: sweep[50] ?? null,
	chosen: sweep[80] ?? null,
	known: { from: 0.4, to: 0.6 },
	jumps: []
};

describe('the figures of thresholds', () => {
	it('the volume tells every tenth, and names the thresholds in force and chosen', () => {
		const chart = thresholdVolume(page, { period: '4 weeks' });
		expect(rowTexts(chart.table).map(([threshold]) => threshold)).toEqual(
			sweep.filter((_, at) => at % 10 === 0).map(({ threshold }) => threshold.toFixed(2))
		);
		// 4 of each of 80 hundredths.
		expect(rowTexts(chart.table)[8]).toEqual(['0.80', '320', '80.0 %']);
		const said = texts(draw(chart, 380));
		expect(said).toContain('in force');
		expect(said).toContain('chosen');
	});

	it('a tenth in the figure and a row of the table lead to trying it', () => {
		const href = (at: number) => `/try/${String(at)}`;
		for (const figure of [thresholdVolume, thresholdBand]) {
			const chart = figure(page, { period: '4 weeks', href });
			expect(links(draw(chart))).toEqual(
				[0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].map(href)
			);
			expect(chart.table.links?.[7]).toBe('/try/0.7');
		}
	});

	it('the band is grey on both sides of what is known enough', () => {
		const svg = draw(thresholdBand(page, { period: '4 weeks' }));
		expect(shapes(svg)['rect']).toBe(2);
		expect(texts(svg)).toContain('too little known');
		const all = { ...page, sweep: sweep.map((one) => ({ ...one, shareIdentified: 1 })) };
		expect(shapes(draw(thresholdBand(all, { period: '4 weeks' })))['rect']).toBeUndefined();
	});
});

describe('the figure of lateness', () => {
	const timing: Timing = {
		all: null,
		change: null,
		groups: [],
		scores: [],
		lateness: [
			{ turns: 0, handoffs: 30, route: 'failure' },
			{ turns: 0, handoffs: 10, route: null },
			{ turns: 6, handoffs: 4, route: 'failure' }
		]
	};

	it('counts handoffs by turns and route, in bars and in its table', () => {
		const chart = lateness(timing, '4 weeks');
		expect(chart.table.head).toEqual(['Turns', 'Failure', 'Route unknown']);
		expect(rowTexts(chart.table).find(([turns]) => turns === 'in time')).toEqual([
			'in time',
			'30',
			'10'
		]);
		expect(rowTexts(chart.table).at(-1)).toEqual(['6 or more late', '4', '0']);
		expect(shapes(draw(chart))['bar']).toBe(3);
	});

	it('leads from each bar, and from each row of its table, to its handoffs', () => {
		const linked = lateness(timing, '4 weeks', (turns, route) => `/${turns}/${String(route)}`);
		const links = [...draw(linked).querySelectorAll('a')].map((link) =>
			link.getAttribute('href')
		);
		expect(links).toEqual(['/0/failure', '/6/failure', '/0/null']);
		expect(linked.linked).toBe(true);
		expect(linked.table.links?.filter((link) => link !== null)).toEqual([
			'/0/undefined',
			'/6/undefined'
		]);
		expect(lateness(timing, '4 weeks').linked).toBe(false);
	});

	it('names turns in words', () => {
		expect([-3, -1, 0, 2, 6].map(turnsWords)).toEqual([
			'3 or more early',
			'1 early',
			'in time',
			'2 late',
			'6 or more late'
		]);
	});
});

describe('the figure of requests', () => {
	it('leaves out handoffs of which it is not logged, and shares of too few', () => {
		const row = { before: { n: 0, p50: null, p90: null }, after: { n: 0, p50: null } };
		const chart = requests(
			[
				{
					...row,
					requests: 0,
					handoffs: 100,
					csat_top2: share(0.7),
					resolution_rate: share(0.6)
				},
				{
					...row,
					requests: 3,
					handoffs: 20,
					csat_top2: share(0.2, 4),
					resolution_rate: share(0.5)
				},
				{
					...row,
					requests: null,
					handoffs: 9,
					csat_top2: share(0.5),
					resolution_rate: share(0.5)
				}
			],
			'4 weeks'
		);
		expect(rowTexts(chart.table).map(([name]) => name)).toEqual([
			'not at all',
			'three times or more'
		]);
		// Three shares and the legend's two.
		expect(shapes(draw(chart))['dot']).toBe(5);
	});
});
