import { describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page as screen } from 'vitest/browser';
import WorstHandoffs from '../../src/lib/components/week/WorstHandoffs.svelte';
import type { WorstHandoff } from '../../src/lib/handoff.ts';
import { bare } from '../fixtures/week.ts';

const said = (element: Element | null | undefined) =>
	(element?.textContent ?? '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();

const handoff = (id: string, some: Partial<WorstHandoff> = {}): WorstHandoff => ({
	handoff_id: id,
	handed_off_local: '2026-11-10T09:05',
	topic: 'Refunds',
	queue: null,
	resolved_queue: null,
	transfers: null,
	wait_before_s: null,
	wait_after_s: null,
	handle_s: null,
	outcome: null,
	is_late: null,
	is_cold: null,
	is_hidden: true,
	is_fought: null,
	is_misrouted: null,
	is_resolved: null,
	is_answered: null,
	human_requests: null,
	ai_attempts: null,
	reasked: null,
	context: null,
	missing: null,
	resolution_efficiency: null,
	late_limit_s: 300,
	late_ai_attempts: 3,
	gap_target_s: 60,
	gap_worst_s: 600,
	trigger: null,
	route: null,
	channel: 'chat',
	csat: null,
	score: 12.34,
	score_coverage: 1,
	question: null,
	summary: null,
	necessary: null,
	lacked: null,
	review: null,
	...some
});

const list = [
	handoff('a/1', { question: 'Where is my money?', csat: 1 }),
	handoff('b 2', { topic: null, channel: null, score_coverage: 0.5, is_hidden: null }),
	handoff('c', { necessary: false, lacked: 'authority' }),
	handoff('d', {
		review: {
			handoff_id: 'd',
			necessary: true,
			lacked: null,
			note: null,
			reviewer: 'Ann',
			reviewed_local: '2026-11-12T10:00'
		}
	})
];
const from = '/?week=2026-11-09&topic=Refunds';

describe('the lowest-scoring handoffs', () => {
	test('lead to their pages, by names that may hold any character', async () => {
		const { container } = await render(WorstHandoffs, { handoffs: list, from });
		const links = [...container.querySelectorAll('tbody th a')];
		expect(links.map((link) => link.getAttribute('href'))).toEqual([
			'/handoffs/a%2F1',
			'/handoffs/b%202',
			'/handoffs/c',
			'/handoffs/d'
		]);
		expect(said(links[0])).toBe('10 Nov, 09:05');
	});

	test('say score, what of it is known, topic, question and reasons', async () => {
		const { container } = await render(WorstHandoffs, { handoffs: list, from });
		const [first, second] = [...container.querySelectorAll('tbody tr')];
		expect(said(first)).toContain('Refunds · chat Where is my money?');
		expect(said(first)).toContain('12.3');
		expect(said(first)).not.toContain('known');
		expect(said(first)?.toLowerCase()).toContain('hidden');
		expect(said(second)).toContain('no topic');
		expect(said(second)).toContain('50 % known');
		expect(said(second)).toContain('nothing that the log tells');
	});

	test('count those reviewed, in Seam or in the log', async () => {
		await render(WorstHandoffs, { handoffs: list, from });
		await expect.element(screen.getByRole('status')).toHaveTextContent('2 of 4 reviewed');
	});

	test('have a form each that leads back to its own row', async () => {
		const { container } = await render(WorstHandoffs, { handoffs: list, from });
		const rows = [...container.querySelectorAll('tbody tr')];
		expect(rows.map(({ id }) => id)).toEqual(['lowest-1', 'lowest-2', 'lowest-3', 'lowest-4']);
		const back = [...container.querySelectorAll<HTMLInputElement>('input[name=from]')];
		expect(back.map(({ value }) => value)).toEqual(rows.map(({ id }) => `${from}#${id}`));
		const names = [...container.querySelectorAll('tbody summary')].map(said);
		expect(names).toEqual([
			'Review the handoff of 10 Nov, 09:05',
			'Review the handoff of 10 Nov, 09:05',
			'Review the handoff of 10 Nov, 09:05',
			'Change the handoff of 10 Nov, 09:05'
		]);
	});

	test('say what the log lacks where there are none, else that none has a score', async () => {
		const lacking = await render(WorstHandoffs, {
			handoffs: [],
			from,
			fields: bare.health.fields
		});
		expect(said(lacking.container)).toMatch(/Lowest-scoring handoffs The log carries no /);
		await lacking.unmount();
		const none = await render(WorstHandoffs, { handoffs: [], from });
		expect(said(none.container)).toContain('No handoff of this choice has a score');
	});
});
