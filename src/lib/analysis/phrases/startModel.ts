import { pick } from './phraseGroups.ts';
import { accept, assigner, type Assignment, type PhraseModel } from './phraseModel.ts';
import {
	defaultTerms,
	prepared,
	proposalDefaults,
	proposeGroups,
	type ProposalOptions
} from './proposals.ts';
import { words } from './terms.ts';
import { looking, readying, walks, type Tell } from './walks.ts';

/** Questions with words that a first grouping needs. */
export const fewestQuestions = 30;

/** The first groups of one language, and for each question, in the order given, where it belongs. */
export type Start =
	| { tooFew: true; questions: number }
	| { tooFew: false; model: PhraseModel; assigned: (Assignment | null)[] };

/** How often what a sample left over is grouped again. */
const rounds = 3;

/**
 * Makes the first phrase groups from questions of one language. Personal data is masked before
 * anything is counted. Up to `sample` questions are grouped at once; of more, an even sample is
 * grouped, all others join the nearest group, and those left over are grouped again, so that 100,000
 * take seconds. What is still left joins a group by the weaker measure of grouping, `near`. Under 30 questions with words: too few.
 */
export function startModel(
	language: string | null,
	questions: readonly string[],
	options: Partial<ProposalOptions> = {},
	tell?: Tell
): Start {
	const { near, sure, sample, least } = { ...proposalDefaults, ...options };
	const walk = walks(tell);
	const masked = walk(questions, readying, prepared);
	const worded = masked.flatMap((text, place) => (words(text).length > 0 ? [place] : []));
	if (worded.length < fewestQuestions) return { tooFew: true, questions: worded.length };

	let model: PhraseModel = {
		version: 1,
		language,
		vocabulary: { options: defaultTerms, documents: 0, frequencies: [] },
		groups: [],
		next: 1,
		merged: {}
	};
	const assigned = masked.map((): Assignment | null => null);
	let left = worded;
	const settle = (threshold: number) => {
		const assign = assigner(model, threshold);
		walk(left, looking, (place) => (assigned[place] = assign(masked[place] as string)));
		left = left.filter((place) => assigned[place] === null);
	};
	for (let round = 0; round < rounds && left.length >= least; round++) {
		const texts = pick(masked, left);
		const { proposals, vocabulary } = proposeGroups(round === 0 ? null : model, texts, options);
		if (round === 0) model = { ...model, vocabulary };
		for (const proposal of proposals) model = accept(model, proposal);
		if (proposals.length === 0 || texts.length <= sample) break;
		settle(sure);
	}
	settle(near);
	return { tooFew: false, model, assigned };
}

/** {@link startModel} for each language apart; questions without one stand by themselves. */
export function startModels(
	questions: readonly { language: string | null; question: string }[],
	options: Partial<ProposalOptions> = {}
): Map<string | null, Start> {
	const byLanguage = new Map<string | null, string[]>();
	for (const { language, question } of questions) {
		const known = byLanguage.get(language);
		if (known) known.push(question);
		else byLanguage.set(language, [question]);
	}
	return new Map(
		[...byLanguage].map(([language, own]) => [language, startModel(language, own, options)])
	);
}
