import { describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page as screen } from 'vitest/browser';
import Moved from '../../src/lib/components/week/Moved.svelte';
import { splittable, type Moved as Change } from '../../src/lib/moved.ts';
import type { Week } from '../../src/lib/week.ts';
import { page } from '../fixtures/week.ts';

const said = (container: HTMLElement) =>
	(container.textContent ?? '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();

const change: Change = {
	metric: 'failure_share',
	against: 'before',
	before: 0.5,
	after: 0.52,
	change: 0.02,
	effects: ['mix', 'rate'],
	totals: [0.005, 0.015],
	rows: [
		{
			key: 'Refunds',
			before: { n: 60, value: 0.5 },
			after: { n: 70, value: 0.52 },
			parts: [0.005, 0.015],
			interval: null
		}
	],
	beforePeriod: { from: '2026-11-02', to: '2026-11-09', weeks: 1 },
	afterPeriod: { from: '2026-11-09', to: '2026-11-16', weeks: 1 }
};

const shown: Week = {
	...page,
	against: 'before',
	facets: {
		...page.facets,
		topic: page.facets.topic.map((one) => ({
			...one,
			chosen: ['Refunds', ''].includes(one.value)
		}))
	},
	moved: {
		metric: 'failure_share',
		against: 'before',
		possible: ['usual', 'before'],
		isPart: false,
		moved: change
	}
};

const formOf = (container: HTMLElement) => {
	const form = container.querySelector('form');
	if (!form) throw new Error('there is no form');
	return form;
};
const dataOf = (form: HTMLFormElement) =>
	[...new FormData(form)].map(([name, value]) => `${name}=${value as string}`).join('&');

describe('what moved', () => {
	test('is a plain form that keeps the week and every filter, the empty one too', async () => {
		const { container } = await render(Moved, { page: shown });
		const form = formOf(container);
		expect(form.method).toBe('get');
		expect(form.querySelector('button[type=submit]')?.textContent).toBe('Show');
		expect(dataOf(form)).toBe(
			'week=2026-11-09&against=before&topic=Refunds&topic=&moved=failure_share'
		);
	});

	test('sends itself when another metric is chosen', async () => {
		const { container } = await render(Moved, { page: shown });
		const form = formOf(container);
		const sent: string[] = [];
		form.addEventListener('submit', (event) => {
			event.preventDefault();
			sent.push(dataOf(form));
		});
		await screen.getByRole('combobox', { name: 'What moved' }).selectOptions('late_rate');
		expect(sent).toEqual([
			'week=2026-11-09&against=before&topic=Refunds&topic=&moved=late_rate'
		]);
	});

	test('offers every metric that splits', async () => {
		const { container } = await render(Moved, { page: shown });
		const [metric] = [...container.querySelectorAll('select')].map((select) =>
			[...select.options].map(({ value }) => value)
		);
		expect(metric).toEqual([...splittable]);
	});

	test('says what it is set against, and why not what was asked for', async () => {
		const { container } = await render(Moved, { page: { ...shown, against: 'year' } });
		expect(said(formOf(container))).toContain(
			'against the week before; of the same week of last year the log has no handoffs that carry it'
		);
	});

	test('says the change in a sentence, its two periods, and what the effects mean', async () => {
		const { container } = await render(Moved, { page: shown });
		const text = said(container);
		expect(text).toContain(
			'Failure handoffs 50.0 % → 52.0 %: mix +0.50 points, rate +1.50 points, together +2.00 points.'
		);
		expect(text).toContain('2–8 Nov 2026 against 9–15 Nov 2026.');
		expect(text).toContain('Mix: the topic has become more or less of all');
		expect(container.querySelectorAll('figure')).toHaveLength(1);
	});

	test('without anything to compare says so and draws nothing', async () => {
		const { container } = await render(Moved, {
			page: {
				...page,
				moved: {
					metric: 'csat_top2',
					against: null,
					possible: [],
					isPart: false,
					moved: null
				}
			}
		});
		expect(said(container)).toContain('What moved satisfied after handoff');
		expect(said(container)).toContain('has no handoffs that carry it');
		expect(container.querySelectorAll('figure')).toHaveLength(0);
	});
});
