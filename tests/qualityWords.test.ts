import { describe, expect, test } from 'vitest';
import {
	contextSentence,
	foretellingVerdict,
	qualityHeadline,
	signed
} from '../src/lib/components/quality/qualityWords.ts';
import type { ContextItem, Cost } from '../src/lib/quality.ts';
import { plainWords, type Quoted, type Said } from '../src/lib/said.ts';
import { foretelling, pageOf } from './fixtures/quality.ts';
import { estimate } from './fixtures/week.ts';

const plain = (sentences: (string | Said<Quoted>)[]) =>
	sentences.map((one) =>
		(typeof one === 'string' ? one : plainWords(one)).replaceAll(/[\u00a0\u202f]/g, ' ')
	);

describe('the headline', () => {
	const change = (low: number, high: number) => ({
		recent: { from: '2026-10-19', to: '2026-11-16', score: estimate(66, 400, 1) },
		earlier: { from: '2026-05-18', to: '2026-10-19', score: estimate(68, 4000, 0.5) },
		difference: { difference: (low + high) / 2, low, high }
	});
	const score = { quality_score: estimate(67, 4400, 0.5) };

	test.each([
		[-3, -1, 'lower'],
		[1, 3, 'higher'],
		[-2, 1, 'no difference shown']
	])('a difference of %d to %d is %s', (low, high, word) => {
		const [first] = plain(qualityHeadline(pageOf({ score, change: change(low, high) })));
		expect(first).toContain('in the last 4 weeks, 68.0 in the 22 weeks before');
		expect(first).toContain(`before: ${word} (`);
	});

	test('components and modes that their intervals do not part are named together', () => {
		const said = plain(
			qualityHeadline(
				pageOf({
					score: {
						...score,
						context_completeness: estimate(0.5, 400, 0.03),
						routing_accuracy: estimate(0.54, 400, 0.03),
						transition_smoothness: estimate(0.6, 400, 0.03)
					},
					modes: {
						late_rate: estimate(0.3, 400, 0.02),
						cold_rate: estimate(0.2, 400, 0.02),
						hidden_rate: estimate(0.9, 9)
					}
				})
			)
		);
		expect(said[1]).toBe(
			'Weakest component: context completeness (0.50 of 1) and routing accuracy (0.54 of 1).'
		);
		expect(said[2]).toBe('Commonest failure mode: late (30.0 % of 400).');
	});

	test('a failure mode that no handoff had is not named as the commonest', () => {
		const said = (late: number) =>
			plain(
				qualityHeadline(
					pageOf({
						score,
						modes: {
							late_rate: estimate(late, 400, 0.02),
							cold_rate: estimate(0, 400, 0.02)
						}
					})
				)
			).filter((one) => one.startsWith('Commonest'));
		expect(said(0)).toEqual([]);
		expect(said(0.01)).toEqual(['Commonest failure mode: late (1.0 % of 400).']);
	});

	test('too few scored handoffs are said to be too few', () => {
		expect(
			plain(qualityHeadline(pageOf({ score: { quality_score: estimate(90, 9, 4) } })))
		).toEqual(['Too few scored handoffs to say how good they were.']);
	});
});

describe('whether the score foretells', () => {
	const area = (auc: number, low: number | null, high: number | null, good = 60, bad = 40) =>
		foretellingVerdict(foretelling({ auc, se: 0.02, low, high, good, bad }));

	test.each([
		[0.52, 0.49, 0.55, 'It does not foretell CSAT: the interval holds 0.5, which is chance.'],
		[0.7, 0.5, 0.9, 'It does not foretell CSAT: the interval holds 0.5, which is chance.'],
		[0.4, 0.35, 0.45, 'It points the wrong way: higher scores go with worse CSAT.'],
		[0.55, 0.52, 0.58, 'It foretells CSAT weakly.'],
		[0.65, 0.6, 0.7, 'It foretells CSAT somewhat.'],
		[0.75, 0.7, 0.8, 'It foretells CSAT well.']
	])('an area of %d (%d–%d): %s', (auc, low, high, words) => {
		expect(area(auc, low, high)).toBe(words);
	});

	test('is not said of few, and not without an interval', () => {
		const few = 'Too few to say whether the score foretells CSAT.';
		expect(area(0.9, 0.8, 1, 9, 40)).toBe(few);
		expect(area(0.9, 0.8, 1, 40, 9)).toBe(few);
		expect(area(1, null, null)).toBe(few);
		expect(foretellingVerdict(foretelling(null))).toBe(few);
	});
});

describe('missing context', () => {
	const cost = (difference: number, isClear: boolean): Cost => ({
		difference,
		low: difference - 1,
		high: difference + 1,
		isClear,
		without: 40,
		having: 40,
		topics: ['Billing', 'Refunds', null],
		covered: 1
	});
	const item = (name: string, missing: number, handle: Cost | null): ContextItem => ({
		item: name,
		isRequired: name !== 'intent',
		missing: estimate(missing, 100, 0.05),
		handle,
		reask: null
	});
	const sentence = (items: ContextItem[]) =>
		plain([contextSentence({ context: { items, handoffs: 100 } }) ?? ''])[0];

	test('names the required item missing most, and a cost only where it holds', () => {
		const items = [item('records', 0.4, cost(90, false)), item('summary', 0.3, cost(60, true))];
		expect(sentence([...items, item('intent', 0.9, cost(500, true))])).toBe(
			'Missing most: records (40.0 % of 100). At the same topic mix: 60 s more handle time without summary than with it.'
		);
		expect(sentence([item('records', 0.4, cost(90, false))])).toBe(
			'Missing most: records (40.0 % of 100).'
		);
	});
});

test('a difference has its sign, and none where it rounds to nothing', () => {
	expect([1.26, -1.26, 0.04, -0.04, 0].map((value) => signed(value))).toEqual([
		'+1.3',
		'−1.3',
		'0.0',
		'0.0',
		'0.0'
	]);
});
