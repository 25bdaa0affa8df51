import { describe, expect, test } from 'vitest';
import {
	choiceExtras,
	coveredSentence,
	fallSentence,
	listAddress,
	middleSentences,
	rangeOf,
	waitsHeadline
} from '../src/lib/components/waits/waitWords.ts';
import { joined, plainWords, type Said } from '../src/lib/said.ts';
import { dose, middle, page, share } from './fixtures/waits.ts';
import { estimate } from './fixtures/week.ts';

const plain = (words: string | Said | null) =>
	(typeof words === 'string' ? words : plainWords(words ?? [])).replaceAll(
		/[\u00a0\u202f]/g,
		' '
	);
const all = (sentences: Said[]) => plain(joined(sentences, ' '));
const url = new URL('http://seam.test/waits?week=2026-11-09&weeks=26');

describe('the sentence of waits', () => {
	test('says both waits, who waited longer after, and who gave up', () => {
		expect(all(waitsHeadline(page))).toBe(
			'Customers waited a median of 2 min 26 s with the AI and 3 min 36 s for a person. One in ten waited more than 11 min 30 s with the AI and 6 h 39 min for a person. 65.0 % waited longer after the handoff than before it. 8.3 % gave up.'
		);
	});

	test('leaves out what is too few', () => {
		const few = { estimate: estimate(1, 3), change: null, last: null };
		const numbers = { ...page.numbers, wait_after_p50: few, wait_after_p90: few };
		expect(all(waitsHeadline({ ...page, numbers }))).toContain(
			'Customers waited a median of 2 min 26 s with the AI. One in ten waited more than 11 min 30 s with the AI. 65.0 %'
		);
		const none = Object.fromEntries(Object.keys(numbers).map((id) => [id, few]));
		expect(waitsHeadline({ ...page, numbers: none as typeof numbers })).toEqual([]);
	});
});

describe('the point where it falls, in words', () => {
	test('has both sides with their intervals, the mix and p', () => {
		expect(plain(fallSentence(dose))).toBe(
			'From 2 min on fewer are satisfied: 70.0 % satisfied below it (68.0–72.0 %, n = 300), 55.0 % beyond (52.0–58.0 %, n = 200) at the same topic mix; p < 0.001.'
		);
	});

	test('is said plainly to be none, or not to be looked for', () => {
		expect(plain(fallSentence({ ...dose, fall: null, p: 0.3 }))).toBe(
			'No point from which on it is clearly worse.'
		);
		expect(plain(fallSentence({ ...dose, fall: null, p: null }))).toContain('Too few bad ends');
		expect(fallSentence({ ...dose, bins: [], fall: null, p: null })).toBeNull();
	});

	test('a level fit is said not to get worse, and to get better where that is sure', () => {
		const level = (values: number[]) => ({
			...dose,
			response: 'abandonment_rate' as const,
			fall: null,
			p: 1,
			bins: dose.bins.map((bin, at) => ({
				...bin,
				plain: share(values[at] ?? 0, 100),
				within: null,
				fitted: 0.2
			}))
		});
		// Half of the 500 lie under 2 min: 75 of 300, then 25 of 200.
		expect(plain(fallSentence(level([0.3, 0.25, 0.2, 0.15, 0.1])))).toBe(
			'It does not rise with the time with the AI, so the fit is level; it falls: 25.0 % under 2 min (20.4–30.2 %, n = 300), 12.5 % from 2 min on (8.6–17.8 %, n = 200), as logged.'
		);
		expect(plain(fallSentence(level([0.2, 0.2, 0.2, 0.2, 0.18])))).toBe(
			'It does not rise with the time with the AI, so the fit is level.'
		);
	});

	test('how far topics are evened out is said', () => {
		expect(plain(coveredSentence(dose))).toContain('over topics with 93.0 % of n');
		expect(coveredSentence({ ...dose, covered: 1 })).toBe(
			'Filled: every length at the same topic mix.'
		);
		expect(coveredSentence({ ...dose, covered: null })).toContain('No topic is logged');
		const bare = dose.bins.map((bin) => ({ ...bin, within: null }));
		expect(coveredSentence({ ...dose, covered: 0.2, bins: bare })).toContain('as logged only');
	});
});

describe('both ends of the time with the AI, in words', () => {
	test('set what was avoidable early beside what waiting went with late', () => {
		expect(middleSentences(middle).map(plain)).toEqual([
			'Handed over within 30 s: 30.0 % of the reviewed needed no person (25.0–35.0 %, n = 40).',
			'After 5 min and more: 10.0 % of the reviewed needed no person (5.0–15.0 %, n = 40), 13.0 % were abandoned (8.0–18.0 %, n = 190), 30.0 % of the answers are 1 or 2 (25.0–35.0 %, n = 60).'
		]);
	});

	test('say nothing of what is too few', () => {
		const thin = middle.map((bin) => ({ ...bin, avoidable: share(0.5, 4) }));
		expect(middleSentences(thin).map(plain)).toHaveLength(1);
		expect(middleSentences(middle.slice(0, 1))).toEqual([]);
	});
});

describe('ways to the handoffs', () => {
	test('a span is a range whose end is not in it', () => {
		expect(rangeOf({ from_s: 60, to_s: 120 })).toEqual({ from: 60, to: 119.999 });
		expect(rangeOf({ from_s: 0, to_s: 30 })).toEqual({ from: null, to: 29.999 });
		expect(rangeOf({ from_s: 300, to_s: null })).toEqual({ from: 300, to: null });
	});

	test('keep the period, narrow, and lead back', () => {
		const to = new URL(
			listAddress(
				page,
				url,
				{ flags: { longer: true } },
				{ dimension: 'topic', value: 'Refunds' }
			),
			url
		);
		expect(to.pathname).toBe('/handoffs');
		expect(Object.fromEntries(to.searchParams)).toEqual({
			week: '2026-11-09',
			weeks: '26',
			topic: 'Refunds',
			longer: 'yes',
			back: '/waits?week=2026-11-09&weeks=26'
		});
	});

	test('choices stand in the address only where they are not the page’s own', () => {
		expect(choiceExtras(page)).toEqual([]);
		expect(choiceExtras(page, { by: 'queue', hours: 'p90' })).toEqual([
			['by', 'queue'],
			['hours', 'p90']
		]);
	});
});
