import { describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Measure from '../../src/lib/components/number/Measure.svelte';
import RepeatLimits from '../../src/lib/components/repeats/RepeatLimits.svelte';
import type { RepeatsPage } from '../../src/lib/repeats.ts';
import { page as repeats } from '../fixtures/repeats.ts';
import { estimate, page as shown } from '../fixtures/week.ts';

const said = (container: HTMLElement) =>
	(container.textContent ?? '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();

const path: RepeatsPage['limits']['paths'][number] = {
	path: 'handed_off',
	contacts: 40,
	withoutCustomer: 0,
	withoutTopic: 0,
	withoutChannel: 0,
	endedAfterLog: 0,
	followed: 40,
	watchable: 30,
	medianDays: 7
};
const known: RepeatsPage['limits']['compared'][number] = {
	isKnown: true,
	handoffs: 40,
	customers: 40,
	answered: { hits: 10, n: 40 },
	longWaits: { hits: 20, n: 40 },
	wait: { p50: 30, p90: 90 }
};

describe('a sentence about the log', () => {
	test('keeps the AI in capitals', async () => {
		const { container } = await render(Measure, {
			id: 'wait_before_p50',
			estimate: estimate(null, 0),
			fields: shown.health.fields.map((field) => ({ ...field, share: 0 }))
		});
		expect(said(container)).toContain('to see time with the AI, median;');
	});

	test.each([
		[1, 'are of 1 customer;'],
		[2, 'are of 2 customers;']
	])('counts %d as it is said', async (customers, words) => {
		const limits = { ...repeats.limits, paths: [path], compared: [{ ...known, customers }] };
		const { container } = await render(RepeatLimits, { page: { ...repeats, limits } });
		expect(said(container)).toContain(words);
	});
});
