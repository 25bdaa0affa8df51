import { describe, expect, it } from 'vitest';
import {
	adviceOf,
	choiceExtras,
	greyWords,
	jumpWords,
	ruleWords,
	thresholdWords,
	tuningWords
} from '../src/lib/components/triggers/triggerWords.ts';
import type { Estimate } from '../src/lib/estimate.ts';
import { ruleMetrics, type Rule, type ThresholdPage, type Tuning } from '../src/lib/triggers.ts';

const plain = (text: string | undefined) => text?.replace(/[\u00a0\u202f]/g, ' ');
const share = (value: number, n: number): Estimate => ({
	value,
	n,
	low: value - 0.02,
	high: value + 0.02,
	coverage: 1
});

const rule: Rule = {
	route: 'failure',
	trigger: 'customer_request',
	handoffs: 1017,
	values: {
		...(Object.fromEntries(ruleMetrics.map((id) => [id, share(0.5, 300)])) as Rule['values']),
		late_rate: share(0.96, 1017)
	},
	before: null,
	changes: {},
	attempts: { ...share(3.4, 900), low: 3.2, high: 3.6 },
	against: {
		late_rate: { value: 0.731, low: 0.713, high: 0.749, p: 0, basis: 'topics', differs: true },
		csat_top2: { value: -0.414, low: -0.47, high: -0.35, p: 0, basis: 'topics', differs: true }
	},
	pace: { value: 2.82, low: 2.6, high: 3.07, p: 0, differs: true }
};
const tuning: Tuning = {
	rule,
	weaknesses: [
		{ metric: 'late_rate', surely: 0.71, affected: 720 },
		{ metric: 'csat_top2', surely: 0.36, affected: 360 }
	]
};

describe('what is wrong with a trigger', () => {
	it('is said with its share, its distance, its interval, and what else goes with it', () => {
		const words = tuningWords(tuning);
		expect(words?.complaint).toBe('hands over late');
		expect(plain(words?.share)).toBe('96.0 %');
		expect(plain(words?.rest)).toBe(
			' of 1 017, 73.1 points more than the other failure triggers on the same topics (95 % interval +71.3 to +74.9). It keeps customers with the AI 2.8 (2.6–3.1) times as long, tries 3.4 (3.2–3.6) answers on average, 41.4 points fewer (−47.0 to −35.0) of its ratings are 4 or 5.'
		);
		expect(adviceOf(tuning)).toBe('Let it take hold at the first request for a person.');
	});

	it('says where topics differ, and other advice for other rules and measures', () => {
		const other: Tuning = {
			rule: {
				...rule,
				trigger: 'ai_error',
				against: {
					misrouted_rate: {
						value: 0.2,
						low: 0.1,
						high: 0.3,
						p: 0,
						basis: 'plain',
						differs: true
					}
				}
			},
			weaknesses: [{ metric: 'misrouted_rate', surely: 0.1, affected: 9 }]
		};
		expect(tuningWords(other)?.rest).toContain('triggers whose topics differ');
		expect(adviceOf(other)).toBe('Check where it sends these handoffs.');
		expect(tuningWords({ rule, weaknesses: [] })).toBeNull();
	});
});

const at = (threshold: number, handoffs: number, lower: number, upper: number) => ({
	threshold,
	handoffs,
	handoffRate: handoffs / 1000,
	lower,
	upper,
	shareIdentified: 1 - (upper - lower)
});
const page: ThresholdPage = {
	lacks: null,
	uncarried: null,
	kept: { n: 820, confident: 800 },
	handed: { n: 210, confident: 200 },
	below: 100,
	inForce: { threshold: 0.5, agree: 0.99 },
	sweep: [],
	now: at(0.5, 200, 0.7, 0.74),
	chosen: at(0.7, 460, 0.6, 0.85),
	known: { from: 0, to: 0.6 },
	jumps: []
};

describe('what another threshold would do', () => {
	it('is said by volume, more a week, band and how much is known', () => {
		expect(thresholdWords(page, 26).map(plain)).toEqual([
			'Below 0.70 instead of 0.50, 460 of 1 000 conversations (46.0 %) would have been handed over instead of 200: 260 more, 10 a week.',
			'Resolved: 60.0–85.0 %, for the log holds the end of 75.0 % of them; now 70.0–74.0 %.',
			'Too little is known there to decide by.'
		]);
	});

	it('without another threshold only what is in force is said', () => {
		expect(thresholdWords({ ...page, chosen: null }, 26).map(plain)).toEqual([
			'Below 0.50, the threshold in force, 200 of 1 000 conversations (20.0 %) were handed over. Resolved: 70.0–74.0 %; how 4.0 % of them ended was not logged.'
		]);
		expect(thresholdWords({ ...page, now: null }, 26)).toEqual([]);
	});

	it('names where too little is known by the sides it lies on', () => {
		expect(
			[
				null,
				{ from: 0, to: 0.64 },
				{ from: 0.3, to: 1 },
				{ from: 0.3, to: 0.6 },
				{ from: 0, to: 1 }
			].map((known) => greyWords({ known }))
		).toEqual(['at every threshold', 'above 0.64', 'below 0.30', 'outside 0.30 to 0.60', null]);
	});

	it('says the jump at the threshold with its interval, the wider bandwidth first', () => {
		const jump = { effect: -0.159, se: 0.07, n: 6992, low: -0.3, high: -0.018 };
		expect(plain(jumpWords({ bandwidth: 0.2, jump }))).toBe(
			'conversations handed over were resolved 15.9 points less often than those kept (95 % interval −30.0 to −1.8, n = 6 992, within 0.20).'
		);
	});
});

describe('addresses and names', () => {
	it('hold only what the page would not choose itself', () => {
		const choices = { measure: 'late_rate', threshold: null, inForce: null } as const;
		expect(choiceExtras({ choices })).toEqual([]);
		expect(
			choiceExtras({ choices }, { measure: 'csat_top2', threshold: 0.6, inForce: 0.5 })
		).toEqual([
			['measure', 'csat_top2'],
			['threshold', '0.6'],
			['in_force', '0.5']
		]);
	});

	it('tell handoffs without a trigger apart by the route they state', () => {
		expect(ruleWords({ route: null, trigger: null })).toBe('No trigger');
		expect(ruleWords({ route: 'topic', trigger: null })).toBe('No trigger, topic stated');
		expect(ruleWords({ route: null, trigger: 'full_moon' })).toBe('full_moon');
	});
});
