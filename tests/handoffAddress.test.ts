import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handoffAddress, idOfSegment } from '../src/lib/handoffAddress.ts';

const here = 'http://localhost';

describe('the address of a handoff', () => {
	test('leads to its page from anywhere, whatever characters the id holds', () => {
		const odd = fc.string({ minLength: 1, unit: fc.constantFrom(...'./~%2e?#\\ ü:@') });
		fc.assert(
			fc.property(fc.oneof(odd, fc.string({ minLength: 1, unit: 'grapheme' })), (id) => {
				const { pathname } = new URL(handoffAddress(id), `${here}/quality`);
				const [, pages, segment, ...more] = pathname.split('/');
				expect([pages, more]).toEqual(['handoffs', []]);
				expect(idOfSegment(decodeURIComponent(segment ?? ''))).toBe(id);
			}),
			{ numRuns: 2000 }
		);
	});

	test.each(['.', '..'])('%j is no step to another folder', (id) => {
		expect(new URL(handoffAddress(id), here).pathname).toBe(`/handoffs/~${id}`);
	});

	test('is the id itself wherever that can be', () => {
		expect(handoffAddress('H-7')).toBe('/handoffs/H-7');
		expect(handoffAddress('a/1')).toBe('/handoffs/a%2F1');
		expect(handoffAddress('...')).toBe('/handoffs/...');
	});

	test('carries the list it is reviewed from', () => {
		const list = '/?week=2026-11-09&topic=Refunds&topic=';
		const url = new URL(handoffAddress('h', list), here);
		expect([url.pathname, url.searchParams.get('list')]).toEqual(['/handoffs/h', list]);
	});
});
