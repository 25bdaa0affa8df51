import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedCounts, type StratumCount } from '../../src/lib/analysis/expectedCounts.ts';

const row = (topic: string, stratum: string, population: number, events: number): StratumCount => ({
	topic,
	stratum,
	population,
	events
});

describe('expectedCounts', () => {
	it('gives each channel of a topic the rate that the channel has over all topics', () => {
		// chat 15 of 100, voice 10 of 50; of the others: chat 5 of 60, voice 8 of 40
		const [billing, login] = expectedCounts([
			row('billing', 'chat', 40, 10),
			row('billing', 'voice', 10, 2),
			row('login', 'chat', 60, 5),
			row('login', 'voice', 40, 8)
		]);
		expect(billing).toMatchObject({ population: 50, observed: 12 });
		expect(billing?.expected).toBeCloseTo(40 * 0.15 + 10 * 0.2, 12);
		expect(billing?.expectedOfOthers).toBeCloseTo((40 * 5) / 60 + (10 * 8) / 40, 12);
		expect(login?.expected).toBeCloseTo(60 * 0.15 + 40 * 0.2, 12);
		expect(login?.expectedOfOthers).toBeCloseTo(60 * 0.25 + 40 * 0.2, 12);
	});

	it('what is expected of all topics together is what was seen of them', () => {
		const rows = fc.array(
			fc.record({
				topic: fc.constantFrom('a', 'b', 'c', 'd'),
				stratum: fc.constantFrom('chat', 'voice', 'email'),
				population: fc.integer({ min: 1, max: 500 }),
				events: fc.integer({ min: 0, max: 60 })
			}),
			{ minLength: 1, maxLength: 30 }
		);
		fc.assert(
			fc.property(rows, (all) => {
				const topics = expectedCounts(all);
				const sum = (values: (number | null)[]) =>
					values.reduce<number>((total, value) => total + (value ?? NaN), 0);
				const seen = sum(all.map(({ events }) => events));
				expect(sum(topics.map(({ observed }) => observed))).toBe(seen);
				expect(sum(topics.map(({ expected }) => expected))).toBeCloseTo(seen, 8);
			}),
			{ seed: 4, numRuns: 100 }
		);
	});

	it('a single topic is as expected of itself, and has no others', () => {
		expect(expectedCounts([row('a', 'chat', 20, 4)])).toEqual([
			{ topic: 'a', population: 20, observed: 4, expected: 4, expectedOfOthers: null }
		]);
	});

	it('a topic alone in one of its channels has no expectation of others', () => {
		const [both, chat] = expectedCounts([
			row('both', 'chat', 20, 4),
			row('both', 'voice', 10, 1),
			row('chat', 'chat', 20, 0)
		]);
		expect(both).toMatchObject({ expected: 3, expectedOfOthers: null });
		expect(chat).toMatchObject({ expected: 2, expectedOfOthers: 4 });
	});

	it('failures without conversations are seen, and their expectation is not known', () => {
		const [, lost] = expectedCounts([row('a', 'chat', 20, 4), row('lost', 'chat', 0, 3)]);
		expect(lost).toMatchObject({ observed: 3, expected: null, expectedOfOthers: null });
		expect(expectedCounts([])).toEqual([]);
	});
});
