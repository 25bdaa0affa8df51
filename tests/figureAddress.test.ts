import { describe, expect, test } from 'vitest';
import {
	fileName,
	handoffsBehind,
	narrowed,
	pinned,
	weekAddress
} from '../src/lib/components/figure/figureAddress.ts';
import { page } from './fixtures/week.ts';

const at = (address: string) => new URL(address, 'http://127.0.0.1:3000');

describe('a link to a figure', () => {
	const scope = { week: '2026-11-09', span: 26 } as const;

	test('spells out a period that the page has chosen, so that it shows the same next week', () => {
		expect(pinned(at('/csat?topic=A&topic=B'), scope)).toBe(
			'?topic=A&topic=B&week=2026-11-09&weeks=26'
		);
		expect(pinned(at('/'), scope)).toBe('?week=2026-11-09');
	});

	test('leaves what the address says as it is', () => {
		expect(pinned(at('/csat?week=2026-10-05&weeks=4&by=x'), scope)).toBe(
			'?week=2026-10-05&weeks=4&by=x'
		);
		expect(pinned(at('/csat?from=2026-10-05&to=2026-10-09'), { ...scope, span: null })).toBe(
			'?from=2026-10-05&to=2026-10-09'
		);
		expect(pinned(at('/definitions'), null)).toBe('');
	});
});

test('a week leads to the same page of that week, with all else as it is', () => {
	expect(weekAddress(at('/?week=2026-11-09&topic=A&moved=handoffs'), '2026-10-05')).toBe(
		'/?week=2026-10-05&topic=A&moved=handoffs'
	);
	expect(weekAddress(at('/csat?week=2026-11-09&weeks=26&topic=A'), '2026-10-05')).toBe(
		'/csat?week=2026-10-05&weeks=1&topic=A'
	);
	expect(weekAddress(at('/waits?from=2026-08-03&to=2026-09-13'), '2026-08-10')).toBe(
		'/waits?week=2026-08-10&weeks=1'
	);
});

test('a mark narrows the filters of its own dimension and keeps the others', () => {
	const facets = { ...page.facets, topic: [{ value: 'A', n: 3, chosen: true }] };
	const others = narrowed({ facets: page.facets }, {});
	expect(narrowed({ facets }, { topic: null })).toEqual([
		...others.filter(({ dimension }) => dimension !== 'topic'),
		{ dimension: 'topic', value: '' }
	]);
	const address = handoffsBehind(at('/?week=2026-11-09'), { ...page, facets }, { trigger: 'x' });
	const { searchParams } = at(address);
	expect(searchParams.getAll('topic')).toEqual(['A']);
	expect(searchParams.getAll('trigger')).toEqual(['x']);
	expect(searchParams.get('back')).toBe('/?week=2026-11-09');
});

test('a title names a file', () => {
	expect(fileName('Handoffs by week, 26 weeks to 15 Nov', 'csv')).toBe(
		'handoffs-by-week-26-weeks-to-15-nov.csv'
	);
	expect(fileName('…', 'svg')).toBe('figure.svg');
	expect(fileName('x'.repeat(300), 'png')).toHaveLength(84);
});
