/** Gaps in words. */
import { topicWords } from './charts/words.ts';
import { formatDate, formatNumber } from './format.ts';
import { joined, type Linked, type Said } from './said.ts';
import {
	gapMargin,
	isListed,
	type Gap,
	type GapCall,
	type GapChoices,
	type GapKind,
	type Gaps,
	type GapStatus,
	type NamedGap
} from './gaps.ts';
import type { Health } from './week.ts';

/** What would close a gap. */
export const kindWords: Record<GapKind, string> = {
	content: 'Write content',
	system: 'Connect a system',
	rule: 'Change a rule, or keep the person',
	look: 'Look first'
};

export const statusWords: Record<GapStatus, string> = {
	open: 'Open',
	'fix recorded': 'Fix recorded',
	'not proven yet': 'Fix not proven yet',
	verified: 'Fix verified',
	relapsed: 'Relapsed'
};

/** What the period calls a topic or a phrase group. */
export const callWords: Record<GapCall, string> = {
	gap: 'Gap',
	'emerging only': 'Emerging only',
	'slightly more': 'Slightly more',
	none: 'No gap'
};

/**
 * Where a gap stands, and of a relapsed one since when: "Relapsed, since about the week of 19 Oct 2026";
 * null: it is no gap, and no fix is recorded.
 */
export function gapStatusWords({ status, fixes }: Pick<Gap, 'status' | 'fixes'>): string | null {
	if (status === null) return null;
	const since = status === 'relapsed' ? fixes[0]?.backSince : null;
	return statusWords[status] + (since ? `, ${sinceWords(since)}` : '');
}

/** When a gap came back: "since about the week of 19 Oct 2026". */
export const sinceWords = (week: string): string => `since about the week of ${formatDate(week)}`;

/** A topic, or a phrase group within it: "Returns", "Returns: locker, code". */
export const gapName = ({ topic, phrase }: Pick<Gap, 'topic' | 'phrase'>): string => {
	const name = topic === null ? 'No topic' : topicWords(topic);
	return phrase ? `${name}: ${phrase.label}` : name;
};

/** Whether the log says of any handoff if it was a failure. */
export const hasRoutes = (fields: Health['fields']): boolean =>
	fields.some(
		({ record, field, share }) =>
			record === 'handoff' && (field === 'route' || field === 'trigger') && (share ?? 0) > 0
	);

/** What a gap surely exceeds its expectation by: "10 %". */
export const marginWords = `${formatNumber(100 * gapMargin)}\u202f%`;

/** Hours of work: "0.4 h", "24 h". */
export const hourWords = (hours: number): string =>
	`${formatNumber(hours, Math.abs(hours) < 10 ? 1 : 0)} h`;

/** A number and its noun: "1 gap", "3 gaps". */
export const counted = (n: number, one: string, many = `${one}s`) =>
	`${formatNumber(n)} ${n === 1 ? one : many}`;

/** A part of a sentence that leads to a gap's page, or to the failures of several gaps. */
export type GapPart = Linked & ({ gap: NamedGap } | { failuresOf: NamedGap[] });

/** Up to five by name, each leading to its page, and how many more. */
const namesOf = (gaps: readonly NamedGap[]): Said<GapPart> => [
	...joined(
		gaps.slice(0, 5).map((gap) => [{ words: gapName(gap), gap }]),
		', '
	),
	...(gaps.length > 5 ? [` and ${formatNumber(gaps.length - 5)} more`] : [])
];

/** What narrows the list: 'topic “Delivery”, status “Relapsed”, emerging only'; null: nothing. */
export function choiceWords({
	topics,
	kinds,
	statuses,
	emergingOnly
}: GapChoices & { topics: readonly string[] }): string | null {
	const quoted = (name: string, values: readonly string[]) =>
		values.length > 0 ? [`${name} ${values.map((value) => `“${value}”`).join(' or ')}`] : [];
	const parts = [
		...quoted(
			'topic',
			topics.map((topic) => (topic === '' ? 'No topic' : topicWords(topic)))
		),
		...quoted(
			'fix',
			kinds.map((kind) => kindWords[kind])
		),
		...quoted(
			'status',
			statuses.map((status) => statusWords[status])
		),
		...(emergingOnly ? ['emerging only'] : [])
	];
	return parts.length > 0 ? parts.join(', ') : null;
}

/** Which of a choice are gaps, and which have its status without being one. */
function choiceSentences(chosen: string, shown: readonly NamedGap[]): Said<GapPart>[] {
	const listed = shown.filter(isListed);
	const others = shown.filter((gap) => !isListed(gap));
	return [
		listed.length > 0
			? [`Of this choice (${chosen}): `, ...namesOf(listed), '.']
			: [`No gap of this choice: ${chosen}.`],
		...(others.length > 0
			? [['No gap over the period, but in the list: ', ...namesOf(others), '.']]
			: [])
	];
}

/**
 * How many gaps, what they cost, what is emerging; without any, how much would have been seen.
 * @param standing of all topics: what is chosen of them makes no gap none
 * @param choice what narrows the list in words, and what is in it
 */
export function gapHeadline(
	{
		standing,
		seeable,
		failures,
		withoutRoute
	}: Pick<Gaps, 'standing' | 'seeable' | 'failures' | 'withoutRoute'>,
	choice: { words: string | null; shown: readonly NamedGap[] } = { words: null, shown: [] }
): Said<GapPart>[] {
	if (failures === 0 && withoutRoute > 0)
		return [
			[
				`No failure is known: ${formatNumber(withoutRoute)} handoffs carry neither route nor a trigger that has one.`
			]
		];
	if (failures === 0) return [['No failure handoff in these days.']];
	const topics = standing.filter(({ phrase }) => phrase === null);
	const phrases = standing.filter((gap) => gap.phrase !== null && gap.isGap).length;
	const found = topics.filter(({ isGap }) => isGap);
	const emerging = standing.filter((gap) => gap.emerging !== null);
	const slight = topics.filter((gap) => gap.isSlight && !isListed(gap));
	const parts: Said<GapPart>[] = [];
	if (found.length === 0) {
		parts.push([
			`No gap: no topic surely fails ${marginWords} more than its volume and channels explain.`
		]);
		if (seeable !== null)
			parts.push([
				`In a topic of middling volume about ${formatNumber(seeable)} failures more than expected would have been seen.`
			]);
	} else {
		parts.push([`${counted(found.length, 'gap')}: `, ...namesOf(found), '.']);
		parts.push(costWords(found));
	}
	if (slight.length > 0) parts.push(['Slightly more than expected: ', ...namesOf(slight), '.']);
	if (phrases > 0)
		parts.push([
			`${counted(phrases, 'phrase group')} also ${phrases === 1 ? 'fails' : 'fail'} more.`
		]);
	parts.push(
		emerging.length > 0 ? ['Emerging: ', ...namesOf(emerging), '.'] : ['Nothing is emerging.']
	);
	if (choice.words !== null) parts.push(...choiceSentences(choice.words, choice.shown));
	return parts;
}

/** What the gaps cost, and how much of it their excess makes. Phrase groups are within their topics. */
function costWords(found: readonly NamedGap[]): Said<GapPart> {
	const known = found.filter(({ cost }) => cost);
	const costs = known.flatMap(({ cost }) => cost ?? []);
	if (costs.length === 0)
		return ['What they cost is not known: no handoff of them carries a handle time.'];
	const hours = costs.reduce((sum, { hours }) => sum + hours, 0);
	const avoidable = costs.reduce((sum, cost) => sum + (cost.avoidable?.value ?? 0), 0);
	const some = costs.length < found.length ? ` (of ${costs.length} of them)` : '';
	return [
		'They took ',
		{ words: hourWords(hours), failuresOf: known },
		` of agents’ time${some}, ${hourWords(avoidable)} of it beyond what is expected.`
	];
}

/** Gaps first, then what is slightly more than expected, the others after them. */
export const parted = (gaps: readonly Gap[]): { listed: Gap[]; slight: Gap[]; others: Gap[] } => ({
	listed: gaps.filter(isListed),
	slight: gaps.filter((gap) => !isListed(gap) && gap.isSlight),
	others: gaps.filter((gap) => !isListed(gap) && !gap.isSlight)
});
