import { describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Findings from '../../src/lib/components/week/Findings.svelte';
import type { WeekChange } from '../../src/lib/weekChange.ts';
import Verdict from '../../src/lib/components/number/Verdict.svelte';
import type { Finding } from '../../src/lib/findings.ts';
import type { ChartedWeek, Charted } from '../../src/lib/signal.ts';
import { charts, estimate, page, week } from '../fixtures/week.ts';

const said = (container: HTMLElement) =>
	(container.textContent ?? '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();

const whole: Finding = {
	metric: 'failure_share',
	topic: null,
	week,
	usual: 0.5,
	now: estimate(0.61, 390, 0.05),
	baseline: { first: '2026-04-20', last: '2026-07-06' },
	chance: 0.001,
	causes: [
		{
			dimension: 'topic',
			key: 'Billing',
			effect: 'rate',
			share: 0.71,
			grew: null,
			trigger: null
		}
	]
};
const topic: Finding = {
	...whole,
	metric: 'misrouted_rate',
	topic: { key: 'Refunds' },
	causes: []
};
const noTopic: Finding = { ...topic, week: '2026-11-02', topic: { key: null } };

describe('findings', () => {
	test('stand in the order given, each with what, why and the weeks it is set against', async () => {
		const { container } = await render(Findings, {
			page: { ...page, findings: [whole, topic, noTopic] }
		});
		const items = [...container.querySelectorAll('li')].map(said);
		expect(items).toEqual([
			'Failure handoffs 50.0 % → 61.0 % (signal). 71 % of it is Billing. Usual: 20 Apr – 12 Jul 2026. Its handoffs',
			'Refunds: wrong queue 50.0 % → 61.0 % (signal). It is spread within the topic. Usual: 20 Apr – 12 Jul 2026. Refunds, 9–15 Nov 2026 · Its handoffs',
			'(none): wrong queue 50.0 % → 61.0 % in 2–8 Nov 2026 (signal). It is spread within the topic. Usual: 20 Apr – 12 Jul 2026. No topic, 2–8 Nov 2026 · Its handoffs'
		]);
	});

	test('lead to the handoffs of their week, and those of a topic to its week, under the filters that are on', async () => {
		const filtered = {
			...page,
			facets: {
				...page.facets,
				channel: page.facets.channel.map((one) => ({
					...one,
					chosen: one.value === 'chat'
				})),
				topic: page.facets.topic.map((one) => ({ ...one, chosen: one.value === 'Billing' }))
			},
			findings: [whole, topic, noTopic]
		};
		const { container } = await render(Findings, { page: filtered });
		// Where the way back leads depends on the page that the findings stand on.
		const links = [...container.querySelectorAll('a')].map((link) =>
			link.getAttribute('href')?.replace(/&back=[^&]*$/, '')
		);
		expect(links).toEqual([
			'/handoffs?week=2026-11-09&weeks=1&topic=Billing&channel=chat&failure=yes',
			'/?week=2026-11-09&channel=chat&topic=Refunds',
			'/handoffs?week=2026-11-09&weeks=1&channel=chat&topic=Refunds&misrouted=yes',
			'/?week=2026-11-02&channel=chat&topic=',
			'/handoffs?week=2026-11-02&weeks=1&channel=chat&topic=&misrouted=yes'
		]);
	});

	test('say that there is nothing to report', async () => {
		const { container } = await render(Findings, { page });
		expect(said(container)).toMatch(/^Nothing to report: no number of this week/);
		expect(container.querySelector('li')).toBeNull();
	});

	test('of a young log say that nothing can be called usual yet', async () => {
		const { container } = await render(Findings, { page: { ...page, charts: null } });
		expect(said(container)).toMatch(/^Fewer than 8 weeks that count/);
		expect(said(container)).not.toContain('Nothing to report');
	});
});

describe('a verdict', () => {
	/** The chart of a share of which the week shown is as given. */
	const chart = (now: Partial<ChartedWeek>): Charted => ({
		...charts.failure_share,
		weeks: charts.failure_share.weeks.map((one) =>
			one.week === week
				? { ...one, estimate: estimate(0.6, 400), low: 0.5, high: 0.58, ...now }
				: one
		)
	});
	const change: WeekChange = {
		against: 'usual',
		before: estimate(0.5, 200),
		difference: 0.1,
		low: 0.016,
		high: 0.182
	};
	const of = async (now: Partial<ChartedWeek>, some: Partial<WeekChange> | null = {}) =>
		said(
			(
				await render(Verdict, {
					id: 'failure_share',
					week,
					chart: chart(now),
					change: some === null ? undefined : { ...change, ...some }
				})
			).container
		);
	const differs = '+10.0 points (+1.6 to +18.2) against 50.0 %';

	test.each([
		['signal', 'signal'],
		['shift', 'shift to check'],
		['steady', 'steady']
	] as const)('of %s stands with its limits and the change', async (verdict, words) => {
		expect(await of({ verdict })).toBe(`${words} limits 50.0–58.0 % ${differs} usually`);
	});

	test('is none where the week is not judged; the change is said with what it is from', async () => {
		const unjudged = { verdict: null, low: null, high: null };
		expect(await of(unjudged)).toBe(`${differs} usually`);
		expect(await of(unjudged, { against: 'before' })).toBe(`${differs} the week before`);
		expect(await of(unjudged, { against: 'year' })).toBe(
			`${differs} the same week of last year`
		);
	});

	test('says no interval where there is none, and no difference of what cannot be compared', async () => {
		const none = { low: null, high: null };
		expect(await of({ verdict: 'steady' }, none)).toBe(
			'steady limits 50.0–58.0 % +10.0 points against 50.0 % usually'
		);
		expect(await of({ verdict: 'steady' }, { ...none, difference: null })).toBe(
			'steady limits 50.0–58.0 % 50.0 % usually'
		);
	});

	test('says nothing of too few, nor where nothing is compared', async () => {
		for (const some of [{ before: estimate(0.5, 3), difference: null }, null])
			expect(await of({ verdict: 'steady' }, some)).toBe('steady limits 50.0–58.0 %');
	});
});
