import { describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page as screen } from 'vitest/browser';
import Filters from '../../src/lib/components/Filters.svelte';
import type { FacetValue } from '../../src/lib/scope.ts';
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
