import { describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page as screen } from 'vitest/browser';
import { handoffs } from '../../src/lib/charts/week/handoffs.ts';
import Figure from '../../src/lib/components/figure/Figure.svelte';
import { page, routes, week } from '../fixtures/week.ts';

const first = page.weeks[0]?.week;
const chart = handoffs(routes, week, first);

async function live(container: HTMLElement): Promise<SVGSVGElement> {
	await expect.poll(() => container.querySelector('.live > svg')).not.toBeNull();
	return container.querySelector('.live > svg') as SVGSVGElement;
}

describe('a figure', () => {
	test('comes alive without moving what is around it', async () => {
		const { container } = await render(Figure, { id: 'weeks', chart });
		const before = container.querySelector('figure')?.getBoundingClientRect();
		const svg = await live(container);
		const after = container.querySelector('figure')?.getBoundingClientRect();
		expect(after?.height).toBe(before?.height);
		expect(svg.getBoundingClientRect().height).toBe(chart.height);
		expect(svg.getBoundingClientRect().width).toBeLessThanOrEqual(after?.width ?? 0);
	});

	test('follows the width it is given and its data', async () => {
		const { container, rerender } = await render(Figure, { id: 'weeks', chart });
		await live(container);
		container.style.width = '390px';
		await expect.poll(() => container.querySelector('.live > svg')?.clientWidth).toBe(390);
		await rerender({ id: 'weeks', chart: handoffs(routes.slice(0, 30), week, first) });
		await expect
			.poll(() => container.querySelectorAll('.live > svg g[aria-label=bar] rect').length)
			.toBe(30);
	});

	test('has a title, words for those who cannot see it, and its data as a table', async () => {
		await render(Figure, { id: 'weeks', chart });
		await expect.element(screen.getByRole('figure', { name: chart.title })).toBeVisible();
		await expect.element(screen.getByRole('group', { name: chart.description })).toBeVisible();
		await screen.getByText('As a table').click();
		await expect
			.element(screen.getByRole('rowheader', { name: '9–15 Nov 2026' }))
			.toBeVisible();
	});
});
