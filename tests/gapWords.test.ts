import { describe, expect, it } from 'vitest';
import type { Gap, GapChoices } from '../src/lib/gaps.ts';
import { byRank, gapCall, isOfChoice } from '../src/lib/gaps.ts';
import { choiceWords, gapHeadline, parted } from '../src/lib/gapWords.ts';
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
				joined(
					gapHeadline({ standing: gaps, seeable: null, failures: 90, withoutRoute: 0 }),
					' '
				)
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

describe('a choice', () => {
	const said = (chosen: Parameters<typeof choiceWords>[0], shown: Gap[]) =>
		plainWords(
			joined(
				gapHeadline(
					{ standing: [gap, large], seeable: null, failures: 90, withoutRoute: 0 },
					{ words: choiceWords(chosen), shown }
				),
				' '
			)
		);
	const none: GapChoices & { topics: string[] } = {
		topics: [],
		kinds: [],
		statuses: [],
		emergingOnly: false
	};

	it('stands after what all topics are, and makes no gap none', () => {
		const all = said(none, [gap]);
		expect(all).toMatch(/^1 gap: Returns\. /);
		expect(all).not.toContain('choice');
		expect(said({ ...none, kinds: ['rule'], emergingOnly: true }, [])).toBe(
			`${all} No gap of this choice: fix “Change a rule, or keep the person”, emerging only.`
		);
		expect(said({ ...none, topics: ['Returns', ''] }, [gap])).toBe(
			`${all} Of this choice (topic “Returns” or “No topic”): Returns.`
		);
	});

	it('of a status names what is no gap apart', () => {
		expect(said({ ...none, statuses: ['relapsed'] }, [gap, rest])).toMatch(
			/ Of this choice \(status “Relapsed”\): Returns\. No gap over the period, but in the list: Billing\.$/
		);
	});

	it('holds gaps alone, unless a status is chosen or all are asked for', () => {
		const fixed = { ...rest, status: 'relapsed', kind: 'look' } as Gap;
		const open = { ...gap, status: 'open', kind: 'content' } as Gap;
		const unfixed = { ...large, status: null, kind: 'look' } as Gap;
		const kept = (choices: Partial<GapChoices>, all?: boolean) =>
			[open, unfixed, fixed].filter((one) => isOfChoice(one, { ...none, ...choices }, all));
		expect(kept({})).toEqual([open]);
		expect(kept({ statuses: ['relapsed'] })).toEqual([fixed]);
		expect(kept({ statuses: ['open'] }, true)).toEqual([open]);
		expect(kept({}, true)).toEqual([open, unfixed, fixed]);
		expect([open, unfixed, fixed].map(gapCall)).toEqual(['gap', 'slightly more', 'none']);
	});
});
