import { describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page as screen } from 'vitest/browser';
import Filters from '../../src/lib/components/filters/Filters.svelte';
import type { FacetValue, Scope } from '../../src/lib/scope.ts';
import { page } from '../fixtures/week.ts';

const choose = (values: FacetValue[], ...chosen: string[]) =>
	values.map((value) => ({ ...value, chosen: chosen.includes(value.value) }));

const filtered = {
	...page,
	facets: {
		...page.facets,
		topic: choose(page.facets.topic, 'Refunds', ''),
		route: choose(page.facets.route, 'failure')
	}
};

/** What the form would send; it is not sent. */
function sent(container: HTMLElement): string[] {
	const form = container.querySelector('form');
	if (!form) throw new Error('there is no form');
	const seen: string[] = [];
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		seen.push(
			[...new FormData(form)].map(([name, value]) => `${name}=${value as string}`).join('&')
		);
	});
	return seen;
}

function open(container: HTMLElement, name: string) {
	[...container.querySelectorAll('summary')].find((one) => one.textContent === name)?.click();
}

describe('the filter bar', () => {
	test('is a form that carries the week and every chosen value, the empty one too', async () => {
		const { container } = await render(Filters, { path: '/', scope: filtered });
		const form = container.querySelector('form');
		expect(form?.method).toBe('get');
		const data = [...new FormData(form ?? undefined)];
		expect(data).toEqual([
			['week', '2026-11-09'],
			['topic', 'Refunds'],
			['topic', ''],
			['route', 'failure']
		]);
	});

	test('sends itself when a value is chosen', async () => {
		const { container } = await render(Filters, { path: '/', scope: page });
		const seen = sent(container);
		open(container, 'Topic');
		await screen.getByRole('checkbox', { name: /Delivery/ }).click();
		expect(seen).toEqual(['week=2026-11-09&topic=Delivery']);
	});

	test('finds a topic by typing, without sending itself', async () => {
		const { container } = await render(Filters, { path: '/', scope: page });
		const seen = sent(container);
		open(container, 'Topic');
		const find = screen.getByRole('searchbox', { name: 'Find a topic' });
		await find.fill('gift');
		await expect.element(screen.getByRole('checkbox', { name: /Gift cards/ })).toBeVisible();
		await expect
			.element(screen.getByRole('checkbox', { name: /Refunds/ }))
			.not.toBeInTheDocument();
		await find.click();
		find.element().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
		find.element().dispatchEvent(new Event('change', { bubbles: true }));
		expect(seen).toEqual([]);
	});

	test('shows active filters as chips; each is a link that removes it', async () => {
		await render(Filters, { path: '/', scope: filtered });
		const chip = screen.getByRole('link', { name: 'Remove filter Topic: (none)' });
		await expect
			.element(chip)
			.toHaveAttribute('href', '/?week=2026-11-09&topic=Refunds&route=failure');
		await expect
			.element(screen.getByRole('link', { name: 'Clear filters' }))
			.toHaveAttribute('href', '/?week=2026-11-09');
	});

	test('leads to the weeks beside the one shown and keeps the filters', async () => {
		await render(Filters, { path: '/', scope: { ...filtered, week: '2026-11-02' } });
		await expect
			.element(screen.getByRole('link', { name: 'Week before' }))
			.toHaveAttribute('href', '/?week=2026-10-26&topic=Refunds&topic=&route=failure');
		await expect
			.element(screen.getByRole('link', { name: 'Week after' }))
			.toHaveAttribute('href', '/?week=2026-11-09&topic=Refunds&topic=&route=failure');
	});

	test('closes a list on Escape and gives the focus back', async () => {
		const { container } = await render(Filters, { path: '/', scope: page });
		const route = [...container.querySelectorAll('details')].find(
			(list) => list.querySelector('summary')?.textContent === 'Route'
		);
		open(container, 'Route');
		expect(route?.open).toBe(true);
		route?.querySelector('input')?.focus();
		document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
		expect(route?.open).toBe(false);
		expect(document.activeElement).toBe(route?.querySelector('summary'));
	});

	test('offers the week shown even when it has no handoffs', async () => {
		await render(Filters, { path: '/', scope: { ...page, week: '2026-11-16' } });
		await expect
			.element(screen.getByRole('combobox', { name: 'Week' }))
			.toHaveValue('2026-11-16');
	});
});

describe('the period of the filter bar', () => {
	const dates: Scope = {
		...page,
		week: '2026-09-14',
		span: null,
		from: '2026-08-05',
		to: '2026-09-17',
		against: 'year',
		compared: {
			against: 'year',
			from: '2025-08-06',
			to: '2025-09-18',
			isPart: false,
			lacks: 'log'
		}
	};
	const weeks: Scope = {
		...page,
		span: 4,
		from: '2026-10-19',
		compared: { ...page.compared, from: '2026-09-21', to: '2026-10-19' }
	};
	const bar = (scope: Scope) => render(Filters, { path: '/csat', scope, spanned: true });
	const said = (container: HTMLElement) => container.querySelector('.said')?.textContent;

	test('is whole weeks or two dates, and shows the fields of one of them', async () => {
		await bar(weeks);
		await expect.element(screen.getByRole('combobox', { name: 'up to' })).toBeVisible();
		await expect.element(screen.getByLabelText('from')).not.toBeVisible();
		await screen.getByRole('combobox', { name: 'Period' }).selectOptions('Dates');
		await expect.element(screen.getByLabelText('from')).toHaveValue('2026-10-19');
		await expect
			.element(screen.getByLabelText('to', { exact: true }))
			.toHaveValue('2026-11-15');
		await expect.element(screen.getByLabelText('from')).toBeVisible();
		await expect
			.element(screen.getByRole('combobox', { name: 'up to' }))
			.not.toBeInTheDocument();
	});

	test('by dates sends its first and last day, once they are entered, and no week', async () => {
		const { container } = await bar(dates);
		const seen = sent(container);
		await screen.getByLabelText('to', { exact: true }).fill('2026-09-20');
		expect(seen).toEqual([]);
		await screen.getByRole('button', { name: 'Show' }).click();
		expect(seen).toEqual(['from=2026-08-05&to=2026-09-20&against=year']);
	});

	test('of weeks sends its weeks and no dates', async () => {
		const { container } = await bar(weeks);
		const seen = sent(container);
		await screen.getByRole('combobox', { name: 'Period' }).selectOptions('13 weeks');
		expect(seen).toEqual(['weeks=13&week=2026-11-09']);
	});

	test('by dates steps by its own length and keeps comparison and filters', async () => {
		await bar({ ...dates, facets: filtered.facets });
		const rest = '&against=year&topic=Refunds&topic=&route=failure';
		await expect
			.element(screen.getByRole('link', { name: 'Period before' }))
			.toHaveAttribute('href', `/csat?from=2026-06-23&to=2026-08-04${rest}`);
		await expect
			.element(screen.getByRole('link', { name: 'Period after' }))
			.toHaveAttribute('href', `/csat?from=2026-09-17&to=2026-10-29${rest}`);
		await expect
			.element(screen.getByRole('link', { name: 'Clear filters' }))
			.toHaveAttribute('href', '/csat?from=2026-08-05&to=2026-09-16&against=year');
	});

	test('steps nowhere where the log holds nothing', async () => {
		await bar({ ...dates, from: '2026-04-20', to: '2026-11-16' });
		await expect
			.element(screen.getByRole('link', { name: /Period (before|after)/ }))
			.not.toBeInTheDocument();
	});

	test('says what was left out, why nothing is compared, and which weeks are cut', async () => {
		const note = 'The dates were left out: “x” is not a day.';
		const { container } = await bar({ ...dates, periodNotes: [note] });
		expect(said(container)).toBe(
			`${note} Nothing to compare with: the log begins on 20 Apr 2026, after the same weeks of last year. The period begins on a Wednesday and ends on a Wednesday: figures by week show its weeks whole, all else only its days.`
		);
	});

	test('says with which part of the log it is compared', async () => {
		const compared = { ...weeks.compared, from: '2026-10-05', isPart: true };
		const { container } = await bar({ ...weeks, compared });
		expect(said(container)).toBe(
			'Compared with 5–18 Oct 2026: of the 4 weeks before the log holds no more.'
		);
	});

	test('is compared with the period before unless last year is asked for', async () => {
		const { container } = await bar(weeks);
		const seen = sent(container);
		const against = screen.getByRole('combobox', { name: 'against' });
		await expect.element(against).toHaveTextContent('the 4 weeks before');
		await against.selectOptions('the same weeks of last year');
		expect(seen).toEqual(['weeks=4&week=2026-11-09&against=year']);
	});

	test('of a week can be set against the usual weeks too', async () => {
		const { container } = await render(Filters, { path: '/', scope: page });
		const options = [...container.querySelectorAll('[name=against] option')];
		expect(options.map(({ textContent }) => textContent)).toEqual([
			'the usual weeks',
			'the week before',
			'the same week of last year'
		]);
		expect(container.querySelector('[name=from]')).toBeNull();
	});

	test('keeps a value that the other filters leave nothing of findable', async () => {
		const topic = [...page.facets.topic, { value: 'Zeppelins', n: 0, chosen: false }];
		const { container } = await render(Filters, {
			path: '/',
			scope: { ...page, facets: { ...page.facets, topic } }
		});
		open(container, 'Topic');
		await screen.getByRole('searchbox', { name: 'Find a topic' }).fill('zepp');
		await expect.element(screen.getByRole('checkbox', { name: 'Zeppelins 0' })).toBeVisible();
	});
});
