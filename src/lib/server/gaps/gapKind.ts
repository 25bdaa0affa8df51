/** Which fix would close a gap, from what its failures say. */
import { gapKinds, type GapKind, type KindEvidence, type Said } from '../../gaps.ts';
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
 * The kind that would close more than half of the failures. What the AI lacked goes before the
 * trigger; of the rest, failed tools speak for a system. Failures that say nothing are shared out as
 * those reviewed are: since every tool failure is known and few others are reviewed, plain counts
 * would lean towards systems. Under five reviewed they stand for themselves alone. Fewer than five that
 * speak, and no kind with more than half: look.
 */
export function kindOf(rows: readonly Spoken[]): { kind: GapKind; evidence: KindEvidence } {
	const all = countOf(rows);
	const said = rows.filter(({ lacked }) => lacked !== null);
	const mute = rows.filter(({ lacked }) => lacked === null);
	const tools = countOf(mute.filter(({ trigger }) => trigger === 'tool_failure'));
	// Tool failures are heard as they are, reviewed or not; the others' reviews stand for the others.
	const spoken = said.filter(({ trigger }) => trigger !== 'tool_failure');
	const unheard = countOf(mute) - tools;
	const known = countOf(said) + tools;
	const weight = countOf(spoken) >= leastSpeaking ? 1 + unheard / countOf(spoken) : 1;
	const heard = tools + countOf(said) - countOf(spoken) + weight * countOf(spoken);
	const votes: Record<GapKind, number> = {
		content: 0,
		system: tools,
		rule: 0,
		look: all - heard
	};
	for (const { trigger, lacked, failures } of said)
		votes[kindOfLacked[lacked ?? ''] ?? 'look'] +=
			failures * (trigger === 'tool_failure' ? 1 : weight);
	const enough = known >= leastSpeaking && all > 0;
	const share = (kind: GapKind) => votes[kind] / all;
	const kind = enough ? gapKinds.find((one) => share(one) > 0.5) : undefined;
	return {
		kind: kind ?? 'look',
		evidence: {
			lacked: tally(rows, ({ lacked }) => lacked).flatMap(({ value, n }) =>
				value === null ? [] : { value, n }
			),
			triggers: tally(rows, ({ trigger }) => trigger),
			outcomes: tally(rows, ({ outcome }) => outcome),
			known,
			shares: enough
				? {
						content: share('content'),
						system: share('system'),
						rule: share('rule'),
						look: share('look')
					}
				: null
		}
	};
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
