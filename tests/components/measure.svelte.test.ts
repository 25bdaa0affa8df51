import { describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { headline } from '../../src/lib/headline.ts';
import Measure from '../../src/lib/components/number/Measure.svelte';
import NumberCards from '../../src/lib/components/number/NumberCards.svelte';
import { missingFields } from '../../src/lib/reading.ts';
import { joined, plainWords } from '../../src/lib/said.ts';
import { bare, estimate, page } from '../fixtures/week.ts';

const said = (container: HTMLElement) =>
	(container.textContent ?? '').replace(/[\s\u00a0]+/g, ' ').trim();

describe('a number', () => {
	test('shows its value, unit, interval and n', async () => {
		const { container } = await render(Measure, {
			id: 'failure_share',
			estimate: { ...estimate(0.142, 390, 0.02) }
		});
		expect(said(container)).toBe('14.2 % 12.2–16.2 %, n = 390');
	});

	test('has no value below its floor', async () => {
		const { container } = await render(Measure, {
			id: 'csat_top2',
			estimate: estimate(0.9, 7, 0.2)
		});
		expect(said(container)).toBe('too few (n = 7)');
	});

	test('names the field that the log lacks and where to read how to log it', async () => {
		const { container } = await render(Measure, {
			id: 'csat_top2',
			estimate: estimate(null, 0),
			fields: bare.health.fields,
			what: 'CSAT'
		});
		expect(said(container)).toBe(
			'The log carries no csat. Add it to see CSAT; how: docs/log-format.md.'
		);
	});

	test('is "too few", not missing, where the log has the field and the week has not', async () => {
		const { container } = await render(Measure, {
			id: 'csat_top2',
			estimate: estimate(null, 0),
			fields: page.health.fields
		});
		expect(said(container)).toBe('too few (n = 0)');
	});
});

describe('missing fields', () => {
	test('are those without any alternative in the log', () => {
		const fields = [
			{ record: 'handoff', field: 'trigger', share: 0 },
			{ record: 'handoff', field: 'route', share: 0.5 },
			{ record: 'conversation', field: 'csat', share: null }
		] as const;
		expect(missingFields('failure_share', [...fields])).toEqual([]);
		expect(missingFields('failure_share', [fields[0]])).toEqual(['route or trigger']);
		expect(missingFields('handoff_rate', [...fields])).toEqual(['conversation_id']);
	});
});

describe('the six numbers', () => {
	test('open their definitions by their names, without scripts', async () => {
		const { container } = await render(NumberCards, { page });
		const names = [...container.querySelectorAll('details.definition > summary')];
		expect(names.map((name) => name.textContent)).toEqual([
			'Quality score',
			'CSAT after handoff',
			'Repeat contacts within 7 days',
			'Wait before → after',
			'Failure handoffs',
			'Handoffs'
		]);
		expect(container.querySelectorAll('figure')).toHaveLength(6);
	});

	test('say what is not known yet of repeat contacts and show the last week that is', async () => {
		const { container } = await render(NumberCards, { page });
		expect(said(container)).toContain('in 2–8 Nov 2026');
		expect(said(container)).toContain('watched until 22 Nov 2026');
	});

	test('say what a bank’s call log lacks, and draw no line for it', async () => {
		const { container } = await render(NumberCards, { page: bare });
		expect(said(container)).toContain('The log carries no csat.');
		expect(said(container)).toContain('The log carries no route or trigger.');
		expect(said(container)).toContain('Handoff rate: the log has no conversations.');
		expect(container.querySelectorAll('figure')).toHaveLength(2);
	});
});

describe('the headline', () => {
	test('counts and quotes, with n and interval, and calls nothing a change', () => {
		const text = plainWords(joined(headline(page), ' ')).replaceAll('\u00a0', ' ');
		expect(text).toMatch(
			/^401 handoffs, 26 fewer than the week before\. Quality score 63\.0 of 100/
		);
		expect(text).toContain('n = 381');
		expect(text).not.toMatch(/better|worse|improved|dropped|signal/i);
	});

	test('says when the week is not over', () => {
		expect(plainWords(headline({ ...page, complete: false })[0] ?? [])).toBe(
			'401 handoffs so far (week before: 427).'
		);
	});

	test('says when the log cannot tell how good the handoffs were', () => {
		expect(plainWords(headline(bare).at(-1) ?? [])).toContain('cannot be said');
	});
});
