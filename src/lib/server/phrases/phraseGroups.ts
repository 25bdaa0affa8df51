/** The phrase groups of a period and filter. */
import type { PhraseCount, PhraseGroups } from '../../phrases.ts';
import type { Filter } from '../scope/filter.ts';

/**
 * Groups, proposals and what is in neither, of the handoffs of a filter; to read one topic, filter by
 * it ('' stands for handoffs without one).
 * @param examples most of a group; 0 reads no question
 */
export function readPhraseGroups(
	filter: Filter,
	{ examples = 4 }: { examples?: number } = {}
): Promise<PhraseGroups> {
	return Promise.reject(new Error(`not there yet: ${filter.from} ${examples}`));
}

/** Handoffs with a question by group, channel and week: what a group's expected failures are counted from. */
export function readPhraseCounts(filter: Filter): Promise<PhraseCount[]> {
	return Promise.reject(new Error(`not there yet: ${filter.from}`));
}
