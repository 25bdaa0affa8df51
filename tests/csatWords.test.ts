import { describe, expect, test } from 'vitest';
import { csatHeadline, formatPoints } from '../src/lib/components/csat/csatWords.ts';
import type { PathSummary } from '../src/lib/csat.ts';
import { joined, plainWords, type Linked, type Said } from '../src/lib/said.ts';
import type { Path } from '../src/lib/week.ts';

function path(name: Path, over: Partial<PathSummary> = {}, n = 300): PathSummary {
	return {
		path: name,
		conversations: 1000,
		response: { value: n / 1000, n: 1000, low: null, high: null, coverage: 1 },
		csat_top2: { value: 0.61, n, low: 0.55, high: 0.67, coverage: n / 1000 },
		csat_mean: { value: 3.6, n, low: 3.5, high: 3.7, coverage: n / 1000 },
		standardised: null,
		weighted: null,
		difference: null,
		bounds: null,
		...over
	};
}
const plain = (sentences: Said<Linked>[]) =>
	plainWords(joined(sentences, ' ')).replaceAll(/[\u00a0\u202f]/g, ' ');

describe('the sentences of the page CSAT', () => {
	test('say how many answered and where the other paths stand at the same mix', () => {
		const paths = [
			path('handed_off', { bounds: { low: 0.18, high: 0.88 } }),
			path('ai_only', {
				difference: { value: -0.039, low: -0.06, high: -0.019 },
				bounds: { low: 0.17, high: 0.9 }
			}),
			path('human_only', { difference: { value: 0.01, low: -0.02, high: 0.04 } })
		];
		expect(plain(csatHeadline({ paths }))).toBe(
			'300 of 1 000 handoffs have a survey answer (30.0 %); 61.0 % of the answers were 4 or 5 (95 % interval 55.0–67.0 %). Among those who answered, at the same topic mix, handed over stands 3.9 points below AI only (95 % interval −6.0 to −1.9), and too close to person only to tell apart (+1.0 points, 95 % interval −2.0 to +4.0). Fewer than half answered: those who kept silent could turn this round.'
		);
	});

	test('do not speak of the silent where they could change nothing', () => {
		const paths = [
			path('handed_off', { bounds: { low: 0.1, high: 0.3 } }),
			path('ai_only', {
				difference: { value: -0.3, low: -0.4, high: -0.2 },
				bounds: { low: 0.5, high: 0.9 }
			})
		];
		expect(plain(csatHeadline({ paths }))).not.toContain('silent');
	});

	test('give no share of fewer than 10 answers and nothing without any', () => {
		expect(plain(csatHeadline({ paths: [path('handed_off', {}, 9)] }))).toBe(
			'9 of 1 000 handoffs have a survey answer (0.9 %): too few to say how satisfied.'
		);
		expect(csatHeadline({ paths: [path('handed_off', {}, 0)] })).toEqual([]);
		expect(csatHeadline({ paths: [path('ai_only')] })).toEqual([]);
	});

	test('differences have their sign, but for none', () => {
		expect([0.0394, -0.1084, 0.0001, -0.0001].map(formatPoints)).toEqual([
			'+3.9',
			'−10.8',
			'0.0',
			'0.0'
		]);
	});
});
