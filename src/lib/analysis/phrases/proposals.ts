import { centreOf } from './centres.ts';
import { maskPersonal } from './maskPersonal.ts';
import { groupDefaults, membersOf, phraseGroups, pick, type GroupOptions } from './phraseGroups.ts';
import { phraseLabels } from './phraseLabels.ts';
import { sureEnough, type PhraseModel, type StoredCentre } from './phraseModel.ts';
import { plainText, type TermOptions } from './terms.ts';
import { vectoriser, vocabularyOf, type Vocabulary } from './tfidf.ts';

/** A new group that a person may accept. */
export type Proposal = {
	label: string;
	/** Places of its questions in the list given; of a sample, those of the sample. */
	members: number[];
	centre: StoredCentre;
	/** Terms of the centre, with the number of questions that hold each, for a vocabulary that lacks them. */
	terms: Vocabulary['frequencies'];
};

export type ProposalOptions = GroupOptions & {
	/** Most questions grouped at once; of more, an even sample is grouped. */
	sample: number;
	/** Cosine to its centre from which a question that was not there at the grouping belongs to a group. */
	sure: number;
};

/** Word-bounded character n-grams of 3 to 5. */
export const defaultTerms: TermOptions = { range: [3, 5], words: false };

export const proposalDefaults: ProposalOptions = {
	...groupDefaults,
	sample: 3000,
	sure: sureEnough
};

/** Terms kept of a vocabulary. */
const vocabularyTerms = 40_000;

/**
 * Groups masked questions that no group of the model took. Weights of known terms stay the model's;
 * terms that are new to it count by these questions. `null` stands for no model yet. Groups come by
 * falling size; the order of the questions changes nothing but the places of the members.
 */
export function proposeGroups(
	model: PhraseModel | null,
	masked: readonly string[],
	options: Partial<ProposalOptions> = {}
): { proposals: Proposal[]; vocabulary: Vocabulary } {
	const { sample, ...grouping } = { ...proposalDefaults, ...options };
	const places = evenSample(masked, sample);
	const texts = pick(masked, places);
	const own = vocabularyOf(texts, model?.vocabulary.options ?? defaultTerms, {
		most: vocabularyTerms
	});
	const vocabulary = model ? joined(model.vocabulary, own) : own;
	const vectors = texts.map(vectoriser(vocabulary));
	const groups = phraseGroups(vectors, grouping);
	const members = membersOf(groups);
	const labels = phraseLabels(
		members.map((group) => pick(texts, group)),
		{ beside: texts.filter((_, item) => (groups[item] ?? -1) < 0) }
	);
	return {
		vocabulary,
		proposals: members.map((group, index) => {
			const centre = centreOf(pick(vectors, group));
			const terms = pick(vocabulary.frequencies, Array.from(centre.terms));
			return {
				label: labels[index] ?? '',
				members: pick(places, group).sort((one, other) => one - other),
				centre: terms.map(([term], place): StoredCentre[number] => [
					term,
					Number((centre.weights[place] as number).toFixed(5))
				]),
				terms
			};
		})
	};
}

/** What is compared and kept of a question: masked, and no more than its first thousand characters. */
export function prepared(question: string): string {
	return maskPersonal(question.slice(0, 2000)).slice(0, 1000);
}

/**
 * Places of at most `most` texts, evenly through their alphabetical order: the same for any order they
 * come in, and a question said often is in it as often as its share. Alphabetical order itself.
 */
function evenSample(texts: readonly string[], most: number): number[] {
	const plain = texts.map(plainText);
	const order = texts
		.map((_, place) => place)
		.sort(
			(one, other) => byText(plain, one, other) || byText(texts, one, other) || one - other
		);
	if (order.length <= most) return order;
	return Array.from(
		{ length: most },
		(_, step) => order[Math.floor(((step + 0.5) * order.length) / most)] as number
	);
}

function byText(texts: readonly string[], one: number, other: number): number {
	const [left, right] = [texts[one] as string, texts[other] as string];
	return left < right ? -1 : left > right ? 1 : 0;
}

function joined(vocabulary: Vocabulary, own: Vocabulary): Vocabulary {
	const known = new Set(vocabulary.frequencies.map(([term]) => term));
	const added = own.frequencies.filter(([term]) => !known.has(term));
	return { ...vocabulary, frequencies: [...vocabulary.frequencies, ...added] };
}
