import { describe, expect, test } from 'vitest';
import {
	choiceExtras,
	openWeeks,
	repeatHeadline,
	returnWords
} from '../src/lib/components/repeats/repeatWords.ts';
import { joined, plainWords, type Linked, type Said } from '../src/lib/said.ts';
import { curve, page } from './fixtures/repeats.ts';

const plain = (sentences: Said<Linked>[]) =>
	plainWords(joined(sentences, ' ')).replaceAll(/[\u00a0\u202f]/g, ' ');

describe('the sentence of repeats', () => {
	test('says who came back, the AI alone beside it, and what is not yet known', () => {
		expect(plain(repeatHeadline(page))).toBe(
			'After 14.0 % (95 % interval 13.0–15.0 %, n = 1 000) of handoffs the customer came back on the same topic within 7 days. Beside them: AI only 7.0 % (95 % interval 6.0–8.0 %, n = 4 000). The last week is not yet known to the end: its handoffs count for the days they were watched.'
		);
	});

	test('says what it counts as a return', () => {
		expect(returnWords({ match: 'any', on: 'same' })).toBe('on any topic and the same channel');
		const other = { ...page, choices: { ...page.choices, match: 'any' as const, days: 1 } };
		expect(plain(repeatHeadline(other))).toContain('came back on any topic within 1 day.');
	});

	test('too few watched for the window give no share', () => {
		const thin = curve('handed_off', 12, 0.6);
		const marks = thin.marks.map((mark) => ({ ...mark, value: null, low: null, high: null }));
		expect(plain(repeatHeadline({ ...page, curves: [{ ...thin, marks }] }))).toBe(
			'Too few are known to have stayed away for 7 days to say how many came back. The last week is not yet known to the end: its handoffs count for the days they were watched.'
		);
		const young = thin.marks.map((mark) => (mark.day > 3 ? { ...mark, value: null } : mark));
		expect(plain(repeatHeadline({ ...page, curves: [{ ...thin, marks: young }] }))).toContain(
			'7 days to say how many came back; within 3 days it was 6.0 % (95 % interval 5.0–7.0 %, n = 12) of handoffs.'
		);
	});

	test('says that the shares are lower bounds where ids are missing', () => {
		const bare = { ...page, limits: { ...page.limits, identified: 0.5 } };
		expect(plain(repeatHeadline(bare))).toContain(
			'Only 50.0 % of contacts carry a customer id, so these are lower bounds'
		);
	});
});

describe('weeks that are not yet known', () => {
	test('end after the last day that was followed for the window', () => {
		expect(openWeeks(page)).toEqual(['2026-11-09']);
		expect(openWeeks({ ...page, knownTo: '2026-11-07' })).toEqual(['2026-11-02', '2026-11-09']);
		expect(openWeeks({ ...page, knownTo: '2026-11-15' })).toEqual([]);
		expect(openWeeks({ ...page, from: '2026-10-19', knownTo: null })).toHaveLength(4);
	});
});

describe('choices in an address', () => {
	test('only what is not shown by itself stands there', () => {
		expect(choiceExtras(page)).toEqual([]);
		expect(choiceExtras(page, { by: 'topic', match: 'any', on: 'same', days: 14 })).toEqual([
			['by', 'topic'],
			['match', 'any'],
			['on', 'same'],
			['days', '14']
		]);
		const chosen = { ...page, choices: { ...page.choices, days: 30 } };
		expect(choiceExtras(chosen, { days: 7 })).toEqual([]);
	});
});
