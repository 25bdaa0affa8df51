/** Which fix would close a gap, from what its failures say. */
import { wilson } from '../../analysis/wilson.ts';
import { gapKinds, type GapKind, type KindEvidence, type Ranged, type Said } from '../../gaps.ts';
import type { EvidenceRow } from './gapRows.ts';

/** Fewer failures that speak are too few to name a kind. */
export const leastSpeaking = 5;

/** What the AI lacked, and the kind that gives it; all else is to be looked at. */
const kindOfLacked: Partial<Record<string, GapKind>> = {
	information: 'content',
	integration: 'system',
	authority: 'rule',
	policy: 'rule'
};

type Spoken = Pick<EvidenceRow, 'trigger' | 'lacked' | 'outcome' | 'failures'>;

/**
 * The kind that would surely (95 %) close more than half of the failures. What the AI lacked goes before the trigger; of the rest, failed tools speak for a
 * system. Since every tool failure is known and few others are reviewed, plain counts would lean
 * towards systems: the other failures that nobody reviewed are shared out as those reviewed are, with
 * Wilson's interval. Of a phrase group with fewer than five reviewed, those of its whole topic stand
 * for the rest. Fewer than five there too: what is not known may be of any kind. Fewer than five that
 * speak, and no kind with more than half: look.
 * @param whole failures of the whole topic, where `rows` are those of a phrase group
 */
export function kindOf(
	rows: readonly Spoken[],
	whole: readonly Spoken[] = rows
): { kind: GapKind; evidence: KindEvidence } {
	const all = countOf(rows);
	const known = countOf(rows.filter(({ trigger, lacked }) => lacked !== null || isTool(trigger)));
	const unheard = all - known;
	const own = reviewedOf(rows);
	const ofTopic = countOf(own) < leastSpeaking && whole !== rows;
	const judges = ofTopic ? reviewedOf(whole) : own;
	const judged = countOf(judges) >= leastSpeaking ? countOf(judges) : 0;
	const shareOf = (kind: GapKind): Ranged => {
		const certain = countOf(rows.filter((row) => kindSaid(row) === kind));
		const hits = countOf(judges.filter((row) => kindSaid(row) === kind));
		const interval = wilson(hits, judged);
		const at = (share: number) => (certain + unheard * share) / all;
		if (judged > 0 && interval)
			return { value: at(hits / judged), low: at(interval.low), high: at(interval.high) };
		return { value: at(kind === 'look' ? 1 : 0), low: at(0), high: at(1) };
	};
	const enough = all > 0 && (known >= leastSpeaking || judged > 0);
	const shares = enough
		? {
				content: shareOf('content'),
				system: shareOf('system'),
				rule: shareOf('rule'),
				look: shareOf('look')
			}
		: null;
	const kind = gapKinds.find((one) => shares && shares[one].low > 0.5);
	return {
		kind: kind ?? 'look',
		evidence: {
			lacked: tally(rows, ({ lacked }) => lacked).flatMap(({ value, n }) =>
				value === null ? [] : { value, n }
			),
			triggers: tally(rows, ({ trigger }) => trigger),
			outcomes: tally(rows, ({ outcome }) => outcome),
			known,
			judged: judged > 0 && unheard > 0 ? { n: judged, unheard, ofTopic } : null,
			shares
		}
	};
}

const isTool = (trigger: string | null) => trigger === 'tool_failure';

/** Tool failures are heard as they are; the reviews of the others stand for the others. */
const reviewedOf = (rows: readonly Spoken[]) =>
	rows.filter(({ trigger, lacked }) => lacked !== null && !isTool(trigger));

function kindSaid({ trigger, lacked }: Spoken): GapKind | null {
	if (lacked !== null) return kindOfLacked[lacked] ?? 'look';
	return isTool(trigger) ? 'system' : null;
}

const countOf = (rows: readonly Spoken[]) => rows.reduce((sum, { failures }) => sum + failures, 0);

/** Failures by a value, most first, then by name; those without one last. */
function tally(
	rows: readonly Spoken[],
	valueOf: (row: Spoken) => string | null
): Said<string | null>[] {
	const sums = new Map<string | null, number>();
	for (const row of rows) sums.set(valueOf(row), (sums.get(valueOf(row)) ?? 0) + row.failures);
	return [...sums]
		.map(([value, n]) => ({ value, n }))
		.sort(
			(a, b) =>
				Number(a.value === null) - Number(b.value === null) ||
				b.n - a.n ||
				((a.value ?? '') < (b.value ?? '') ? -1 : 1)
		);
}
