import { describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page as screen } from 'vitest/browser';
import type { Change, LastWeek, Numbers as AllNumbers } from '../../src/lib/change.ts';
import Measure from '../../src/lib/components/number/Measure.svelte';
import Numbers from '../../src/lib/components/number/Numbers.svelte';
import type { MetricId } from '../../src/lib/metrics.ts';
import { estimate, page } from '../fixtures/week.ts';

const said = ({ container }: { container: HTMLElement }) =>
	(container.querySelector('.change')?.textContent ?? '')
		.replace(/[\s\u00a0\u202f]+/g, ' ')
		.trim();

const shown = (id: MetricId, change: Change | null, last: LastWeek | null = null) =>
	render(Measure, { id, estimate: estimate(0.189, 420, 0.03), change, last });

const before = estimate(0.142, 390, 0.02);

describe('the change of a number', () => {
	test('is said with its interval and what it was', async () => {
		const change = { before, difference: 0.047, low: 0.012, high: 0.081 };
		expect(said(await shown('failure_share', change))).toBe(
			'+4.7 points (+1.2 to +8.1) against 14.2 %'
		);
	});

	test('whose interval holds zero is no difference, whatever its size', async () => {
		const change = { before, difference: 0.047, low: -0.004, high: 0.098 };
		expect(said(await shown('failure_share', change))).toBe(
			'+4.7 points (−0.4 to +9.8) against 14.2 %: no difference shown'
		);
	});

	test('without a method for its interval says that it has none', async () => {
		const waits = { before: estimate(95, 390), difference: -12.4, low: null, high: null };
		expect(said(await shown('wait_after_p50', waits))).toBe(
			'−12 s against 1 min 35 s, no interval'
		);
		const counts = { before: estimate(1200, 1200), difference: 1230, low: null, high: null };
		expect(said(await shown('handoffs', counts))).toBe('+1 230 against 1 200, no interval');
	});

	test('of too few is none, and of nothing to compare with is silent', async () => {
		const few = { before: estimate(0.5, 4), difference: null, low: null, high: null };
		expect(said(await shown('csat_top2', few))).toBe('before: too few');
		expect(said(await shown('csat_top2', null))).toBe('');
	});

	test('stands beside the verdict of the last week, or of the last week that is known', async () => {
		const last = {
			week: '2026-11-09',
			isLast: true,
			estimate: before,
			verdict: 'shift'
		} as const;
		expect(said(await shown('late_rate', null, last))).toBe('last week 14.2 %: shift to check');
		const open = { ...last, week: '2026-11-02', isLast: false };
		expect(said(await shown('repeat_rate', null, open))).toBe(
			'2–8 Nov 2026 14.2 %: shift to check'
		);
	});
});

describe('the numbers that one is compared with', () => {
	test('lead to their own handoffs, under the same filters', async () => {
		const dates = { first: '2026-08-03', last: '2026-08-30' };
		const { container } = await render(Measure, {
			id: 'late_rate',
			estimate: estimate(0.189, 420, 0.03),
			change: { before, difference: 0.047, low: 0.012, high: 0.081, dates },
			last: { week: '2026-11-02', isLast: false, estimate: before, verdict: 'shift' },
			href: '/handoffs?week=2026-11-09&weeks=4&topic=Billing&late=yes&back=%2Fwaits'
		});
		const links = [...container.querySelectorAll('.change a')];
		expect(links.map((link) => link.getAttribute('href'))).toEqual([
			'/handoffs?from=2026-08-03&to=2026-08-30&topic=Billing&late=yes&back=%2Fwaits',
			'/handoffs?week=2026-11-02&weeks=1&topic=Billing&late=yes&back=%2Fwaits'
		]);
	});
});

describe('the leading numbers of a page', () => {
	test('have a name with its definition, a change, and a way to the handoffs or conversations they count', async () => {
		await render(Numbers, {
			numbers: {
				late_rate: { estimate: before, change: null, last: null },
				containment_rate: { estimate: before, change: null, last: null }
			} as AllNumbers,
			scope: { ...page, span: null, from: '2026-08-05', to: '2026-09-17' },
			back: '/quality',
			fields: []
		});
		await expect.element(screen.getByRole('heading', { name: 'Late' })).toBeVisible();
		const links = screen.getByRole('link').elements();
		expect(links.map((link) => link.getAttribute('href'))).toEqual([
			'/handoffs?from=2026-08-05&to=2026-09-16&late=yes&back=%2Fquality',
			'/conversations?from=2026-08-05&to=2026-09-16&path=ai_only&path=&back=%2Fquality'
		]);
	});
});
