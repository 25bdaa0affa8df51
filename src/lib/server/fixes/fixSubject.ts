/** What a fix is about: a topic of the log, and within it a phrase group that is counted. */
import { UsageError } from '../../../../ingest/errors.ts';
import type { FixSubject } from '../../fixVerdict.ts';
import { phraseId, phraseTitle } from '../../phrases.ts';
import { currentPhrase, readGroupEntries, type GroupEntry } from '../phrases/phraseEntries.ts';
import { query } from '../store/query.ts';
import { fixTopicRow } from './fixRow.ts';
import { nearestNames } from './nearestNames.ts';

/** Everything that a fix can be recorded of. */
export async function readFixSubjects(): Promise<FixSubject[]> {
	const [topics, entries] = await Promise.all([
		query('fixes/topics', fixTopicRow),
		readGroupEntries()
	]);
	return topics.map(({ topic }) => ({
		topic,
		groups: groupsOf(entries, topic).map((one) => ({
			id: phraseId(one.model, one.n),
			title: phraseTitle(one)
		}))
	}));
}

/** Groups of a topic that are counted, the largest first. */
const groupsOf = (entries: readonly GroupEntry[], topic: string) =>
	entries
		.filter(
			(one) => one.topic === topic && one.status === 'accepted' && one.merged_into === null
		)
		.sort((a, b) => b.questions - a.questions);

/** How many topics or groups are named in place of one that there is not. */
const mostNamed = 3;

/** @throws UsageError for a topic that the log does not hold, with the nearest ones */
export async function requireTopic(topic: string): Promise<void> {
	const topics = (await query('fixes/topics', fixTopicRow)).map((row) => row.topic);
	if (topics.includes(topic)) return;
	if (topics.length === 0)
		throw new UsageError(`topic is “${topic}”, but the log names no topics.`);
	throw new UsageError(
		`topic is “${topic}”, which the log does not hold. Nearest: ${nearestNames(topic, topics, mostNamed).join(', ')}.`
	);
}

/** @throws UsageError for a group that there is not, that is of another topic, or not accepted */
export async function requirePhraseGroup(id: string, topic: string): Promise<void> {
	const group = await currentPhrase(id);
	if (!group)
		throw new UsageError(
			`phrase_group is “${id}”, which no phrase group has as its id. ${await wayOut(topic)}`
		);
	const named = `phrase_group is “${id}” (${phraseTitle(group)})`;
	if (group.topic !== topic)
		throw new UsageError(
			`${named}, which is of ${group.topic === null ? 'handoffs without a topic' : `the topic “${group.topic}”`}, not of “${topic}”. ${await wayOut(topic)}`
		);
	if (group.status !== 'accepted')
		throw new UsageError(
			`${named}, which is ${group.status}: nothing is counted of it. Accept it first (seam phrases accept ${phraseId(group.model, group.n)}), or leave phrase_group out for the topic as a whole.`
		);
}

/** The largest groups of a topic, to name one of them instead. */
async function wayOut(topic: string): Promise<string> {
	const groups = groupsOf(await readGroupEntries(), topic);
	if (groups.length === 0)
		return `“${topic}” has no phrase groups: leave it out for the topic as a whole.`;
	const names = groups
		.slice(0, mostNamed)
		.map((one) => `${phraseId(one.model, one.n)} (${phraseTitle(one)})`);
	const more = groups.length > mostNamed ? `, and ${groups.length - mostNamed} more` : '';
	return `“${topic}” has ${names.join(', ')}${more}; leave it out for the topic as a whole.`;
}
