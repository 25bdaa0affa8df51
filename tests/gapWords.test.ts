import { describe, expect, it } from 'vitest';
import type { Gap } from '../src/lib/gaps.ts';
import { byRank } from '../src/lib/gaps.ts';
import { gapHeadline, parted } from '../src/lib/gapWords.ts';
import { joined, plainWords } from '../src/lib/said.ts';

const topic = (name: string, saving: number, kind: Partial<Gap> = {}) =>
	({
		id: name,
		topic: name,
		phrase: null,
		emerging: null,
		cost: null,
		isGap: false,
		isSlight: false,
		eb05: 1,
		saving,
		...kind
	}) as Gap;

const gap = topic('Returns', 3, { isGap: true });
const large = topic('Delivery', 40, { isSlight: true });
const rest = topic('Billing', 0);

describe('a topic slightly above expectation', () => {
	it('comes after all gaps and before the others, however much it would save', () => {
		expect([rest, large, gap].sort(byRank)).toEqual([gap, large, rest]);
		expect(parted([gap, large, rest])).toEqual({
			listed: [gap],
			slight: [large],
			others: [rest]
		});
	});

	it('is named in the headline, and not counted as a gap', () => {
		const said = (gaps: Gap[]) =>
			plainWords(
				joined(gapHeadline({ gaps, seeable: null, failures: 90, withoutRoute: 0 }), ' ')
			);
		expect(said([gap, large])).toMatch(
			/^1 gap: Returns\. .*Slightly more than expected: Delivery\./
		);
		expect(said([large])).toMatch(/^No gap: .*Slightly more than expected: Delivery\./);
		expect(said([gap, rest])).not.toContain('Slightly');
		const emerging = { weeks: 1, observed: 9, expected: 3, ratio: 3, p: 0.001 };
		expect(said([{ ...large, emerging }])).not.toContain('Slightly');
	});
});
