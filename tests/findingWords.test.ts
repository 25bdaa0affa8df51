import { describe, expect, it } from 'vitest';
import { findingWords, quietWords, usualWeeks } from '../src/lib/findingWords.ts';
import type { Cause, Finding } from '../src/lib/findings.ts';
import { estimate, page, week } from './fixtures/week.ts';

const repeats: Finding = {
	metric: 'repeat_rate',
	topic: null,
	week,
	usual: 0.142,
	now: estimate(0.189, 380),
	baseline: { first: '2026-04-20', last: '2026-07-06' },
	chance: 0.001,
	causes: []
};
const handoffs: Finding = { ...repeats, metric: 'handoffs', usual: 43.6, now: estimate(77, 77) };
const inTopic = (finding: Finding, key: string | null = 'Payment'): Finding => ({
	...finding,
	topic: { key }
});

const cause = (some: Partial<Cause>): Cause => ({
	dimension: 'topic',
	key: 'Billing',
	effect: 'rate',
	share: 0.71,
	grew: null,
	trigger: null,
	...some
});
const because = (finding: Finding, ...causes: Partial<Cause>[]) =>
	findingWords({ ...finding, causes: causes.map(cause) }, week).cause;

describe('what stands out', () => {
	it.each([
		['a share of all', repeats, 'Repeat contacts within 7 days 14.2 % → 18.9 % (signal).'],
		[
			'a share of a topic',
			inTopic({ ...repeats, metric: 'misrouted_rate', usual: 0.063, now: estimate(0.5, 20) }),
			'Payment: wrong queue 6.3 % → 50.0 % (signal).'
		],
		[
			'a mean with its unit',
			{ ...repeats, metric: 'wait_after_p50', usual: 95, now: estimate(200, 300) } as const,
			'Wait for a person, median 1 min 35 s → 3 min 20 s (signal).'
		],
		[
			'CSAT of a topic, its letters as they are',
			inTopic({ ...repeats, metric: 'csat_mean', usual: 3.8, now: estimate(3.1, 40) }),
			'Payment: CSAT after handoff 3.80 → 3.10 (signal).'
		],
		['a count', handoffs, '77 handoffs, usually 44 a week (signal).'],
		[
			'a count of a topic',
			inTopic(handoffs),
			'Payment: 77 handoffs, usually 44 a week (signal).'
		],
		[
			'handoffs without a topic',
			inTopic(handoffs, null),
			'(none): 77 handoffs, usually 44 a week (signal).'
		]
	] as const)('is said with what is usual: %s', (_, finding, expected) => {
		expect(findingWords(finding, week).what).toBe(expected);
	});

	it('names its week where that is an older one than the reader looks at', () => {
		const older = { ...repeats, week: '2026-11-02' };
		expect(findingWords(older, week).what).toBe(
			'Repeat contacts within 7 days 14.2 % → 18.9 % in 2–8 Nov 2026 (signal).'
		);
		expect(findingWords(inTopic(older), week).what).toBe(
			'Payment: repeat contacts within 7 days 14.2 % → 18.9 % in 2–8 Nov 2026 (signal).'
		);
		expect(findingWords({ ...handoffs, week: '2026-11-02' }, week).what).toBe(
			'77 handoffs in 2–8 Nov 2026, usually 44 a week (signal).'
		);
	});

	it('calls usual the days of its baseline, the last week included', () => {
		expect(usualWeeks(repeats)).toBe('20 Apr – 12 Jul 2026');
	});
});

describe('what it is made of', () => {
	it.each([
		[
			'a rate and its trigger',
			[{ trigger: 'low_confidence' }],
			'71 % of it is Billing, mostly after “Low confidence”.'
		],
		['a rate without a trigger that tells', [{}], '71 % of it is Billing.'],
		[
			'more of a topic in the mix',
			[{ effect: 'mix', grew: true }],
			'71 % of it is more Billing in the mix.'
		],
		[
			'less of a topic in the mix',
			[{ effect: 'mix', grew: false }],
			'71 % of it is less Billing in the mix.'
		],
		[
			'a first and a second part',
			[
				{ trigger: 'tool_failure' },
				{ effect: 'mix', grew: true, share: 0.29, key: 'Returns' }
			],
			'71 % of it is Billing, mostly after “Tool failure”; 29 % more Returns in the mix.'
		],
		['handoffs without a topic', [{ key: null }], '71 % of it is (none).'],
		['just under all', [{ share: 0.949 }], '95 % of it is Billing.'],
		['all', [{ share: 0.96 }], 'All of it is Billing.'],
		['all and a little', [{ share: 1.04 }], 'All of it is Billing.'],
		[
			'more than all, where others went the other way',
			[{ share: 1.4 }],
			'All of it and more is Billing; the rest went the other way.'
		]
	] as const)('of all handoffs: %s', (_, causes, expected) => {
		expect(because(repeats, ...causes)).toBe(expected);
	});

	it.each([
		[
			{ effect: 'volume' },
			'Billing with more conversations altogether',
			'Billing with fewer conversations altogether'
		],
		[{ effect: 'share' }, 'Billing being asked about more', 'Billing being asked about less'],
		[{ effect: 'rate' }, 'Billing handed over more often', 'Billing handed over less often'],
		[{ effect: 'count' }, 'Billing', 'Billing']
	] as const)('of more or fewer handoffs: %o', (some, more, fewer) => {
		expect(because(handoffs, some)).toBe(`71 % of it is ${more}.`);
		const fell = { ...handoffs, now: estimate(20, 20) };
		expect(because(fell, some)).toBe(`71 % of it is ${fewer}.`);
	});

	it.each([
		['subtopic', 'Parcel locker', 'Parcel locker'],
		['trigger', 'frustration', 'after “Frustration”'],
		['trigger', 'own_trigger', 'after “own_trigger”'],
		['queue', 'Payments', 'in queue Payments'],
		['channel', 'chat', 'on chat'],
		['ai_version', '4.2', 'with AI version 4.2'],
		['moved', 'Payments → Billing', 'the move Payments → Billing']
	] as const)('within a topic: %s %s', (dimension, key, expected) => {
		const one = { effect: 'all', dimension, key, share: 0.73 } as const;
		expect(because(inTopic(repeats), one)).toBe(`73 % of it is ${expected}.`);
	});

	it('lies nowhere in particular where no part is large enough', () => {
		expect(because(repeats)).toBe('It is spread over the topics.');
		expect(because(inTopic(repeats))).toBe('It is spread within the topic.');
	});

	it('says nothing where the log has nothing to split it by', () => {
		for (const finding of [repeats, handoffs, inTopic(repeats)])
			expect(findingWords({ ...finding, causes: null }, week).cause).toBeNull();
	});
});

describe('a week without findings', () => {
	it('has nothing to report where anything is judged', () => {
		expect(quietWords(page).what).toBe('Nothing to report:');
	});

	it('does not say it of a week that the log does not hold all of', () => {
		const { what, why } = quietWords({ ...page, complete: false });
		expect(what).toBe('Nothing to report so far:');
		expect(why).toContain('the log does not hold all of this week');
		expect(why).toContain('whole weeks alone');
	});

	it('with too few handoffs to judge says that, and not that all is well', () => {
		const charts = Object.fromEntries(
			Object.entries(page.charts ?? {}).map(([id, chart]) => [
				id,
				{
					...chart,
					weeks: chart.weeks.map((week, at) =>
						at === chart.weeks.length - 1 ? { ...week, verdict: null } : week
					)
				}
			])
		) as typeof page.charts;
		expect(quietWords({ ...page, charts })).toEqual({
			what: null,
			why: 'Too few handoffs to judge: a number counts from 10 in the week on.'
		});
	});

	it('of a log too young to judge says that, and not that all is well', () => {
		const charts = Object.fromEntries(
			Object.entries(page.charts ?? {}).map(([id, chart]) => [
				id,
				{ ...chart, baseline: null, last: null }
			])
		) as typeof page.charts;
		for (const young of [
			{ ...page, charts },
			{ ...page, charts: null }
		]) {
			expect(quietWords(young).what).toBeNull();
			expect(quietWords(young).why).toContain('Fewer than 8 weeks');
		}
	});
});
