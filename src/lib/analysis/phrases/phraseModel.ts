import { nearestCentre } from './centres.ts';
import type { Proposal } from './proposals.ts';
import { vectoriser, type Vocabulary } from './tfidf.ts';

/** The direction of a group in words of the vocabulary, so that it outlives a vocabulary that grows. */
export type StoredCentre = [term: string, weight: number][];

/** A phrase group to review; never an "intent". */
export type PhraseGroup = {
	/** Never given to another group. */
	id: string;
	/** Its telling words when it was made. */
	label: string;
	/** What a person called it; null while nobody did. */
	name: string | null;
	/** One, or several once groups were merged: each keeps drawing the questions it drew before. */
	centres: StoredCentre[];
};

/**
 * The phrase groups of one language (and, where the caller splits by it, of one topic). Plain values
 * that can be stored as JSON. Centres never move, so that a group means next year what it means today;
 * what is new comes as a proposal.
 */
export type PhraseModel = {
	version: 1;
	/** As the log names it; null for questions without a language. */
	language: string | null;
	vocabulary: Vocabulary;
	groups: PhraseGroup[];
	/** Number of the next group. */
	next: number;
	/** Ids of groups that were merged into others, with the group that holds their questions now. */
	merged: Record<string, string>;
};

/** Where a question belongs. */
export type Assignment = { group: string; similarity: number };

/**
 * Cosine to its centre from which a later question belongs to a group. Higher than what grouping
 * itself asks for, so that new matters are left over and proposed instead of swallowed.
 */
export const sureEnough = 0.3;

/**
 * Assigns masked questions to the nearest group of a model, one by one and independent of the others;
 * null where none is near enough.
 */
export function assigner(
	model: PhraseModel,
	sure = sureEnough
): (masked: string) => Assignment | null {
	const toVector = vectoriser(model.vocabulary);
	const places = new Map(model.vocabulary.frequencies.map(([term], place) => [term, place]));
	const owners = model.groups.flatMap(({ id, centres }) => centres.map(() => id));
	const nearest = nearestCentre(
		model.groups
			.flatMap(({ centres }) => centres)
			.map((centre) => {
				const known = centre.filter(([term]) => places.has(term));
				return {
					terms: Int32Array.from(known, ([term]) => places.get(term) as number),
					weights: Float64Array.from(known, ([, weight]) => weight)
				};
			})
	);
	return (masked) => {
		const best = nearest(toVector(masked));
		if (!best || best.similarity < sure) return null;
		return { group: owners[best.centre] as string, similarity: best.similarity };
	};
}

/** Takes a proposed group in, with the terms it needs; ids of other groups stay. */
export function accept(
	model: PhraseModel,
	{ label, centre, terms }: Pick<Proposal, 'label' | 'centre' | 'terms'>
): PhraseModel {
	const missing = new Map(terms);
	for (const [term] of model.vocabulary.frequencies) missing.delete(term);
	const frequencies =
		missing.size > 0
			? [...model.vocabulary.frequencies, ...missing]
			: model.vocabulary.frequencies;
	const group = { id: `g${model.next}`, label, name: null, centres: [centre] };
	return {
		...model,
		vocabulary: { ...model.vocabulary, frequencies },
		groups: [...model.groups, group],
		next: model.next + 1
	};
}

/** Gives a group the name a person chose; an empty one takes the name away. Throws for unknown ids. */
export function rename(model: PhraseModel, id: string, name: string): PhraseModel {
	const of = known(model, id).id;
	const chosen = name.trim() || null;
	return {
		...model,
		groups: model.groups.map((group) => (group.id === of ? { ...group, name: chosen } : group))
	};
}

/**
 * Puts the questions of one group, past and coming, into another, which keeps its id and its name; a
 * name only the merged one had goes with it. Throws for unknown ids and for a group with itself.
 */
export function merge(model: PhraseModel, from: string, into: string): PhraseModel {
	const [gone, kept] = [known(model, from), known(model, into)];
	if (gone.id === kept.id) throw new RangeError(`Phrase groups ${from} and ${into} are one.`);
	const merged = Object.fromEntries(
		Object.entries(model.merged).map(([id, to]) => [id, to === gone.id ? kept.id : to])
	);
	return {
		...model,
		groups: model.groups
			.filter(({ id }) => id !== gone.id)
			.map((group) =>
				group.id === kept.id
					? {
							...kept,
							name: kept.name ?? gone.name,
							centres: [...kept.centres, ...gone.centres]
						}
					: group
			),
		merged: { ...merged, [gone.id]: kept.id }
	};
}

/** The id under which a group goes today: questions stored with a merged group's id follow it; null if unknown. */
export function currentGroup(model: PhraseModel, id: string): string | null {
	const current = Object.hasOwn(model.merged, id) ? model.merged[id] : id;
	return model.groups.find((group) => group.id === current)?.id ?? null;
}

function known(model: PhraseModel, id: string): PhraseGroup {
	const current = currentGroup(model, id);
	const group = model.groups.find((one) => one.id === current);
	if (!group) throw new RangeError(`There is no phrase group ${id}.`);
	return group;
}
