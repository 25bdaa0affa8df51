/** The phrase groups of fixes as they stand today. */
import type { Fix } from '../../fix.ts';
import { phraseId } from '../../phrases.ts';
import { currentPhrase } from '../phrases/phraseEntries.ts';

/**
 * The group that holds the questions of a fix today: its own, or the one that it was merged into.
 * Null: the topic as a whole; a group that is gone keeps its id.
 */
export async function readFixGroups(fixes: readonly Fix[]): Promise<(fix: Fix) => string | null> {
	const asked = new Set(fixes.flatMap(({ phrase_group }) => phrase_group ?? []));
	const today = new Map(
		await Promise.all(
			[...asked].map(async (id) => {
				const group = await currentPhrase(id);
				return [id, group ? phraseId(group.model, group.n) : id] as const;
			})
		)
	);
	return ({ phrase_group }) =>
		phrase_group === null ? null : (today.get(phrase_group) ?? phrase_group);
}
