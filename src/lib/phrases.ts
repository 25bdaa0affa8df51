/** Phrase groups: what customers asked, grouped by how they said it. Something to review, never an "intent". */

/** A question of a group, with the handoff it stands in. */
export type PhraseExample = {
	handoff_id: string;
	/** masked: placeholders such as ‹mail› stand for personal data */
	question: string;
};

/** Handoffs with a question in a Monday-to-Sunday week, by its Monday. */
export type PhraseWeek = { week: string; questions: number; failures: number };

/** A group, or a proposal of one, in a period and filter. */
export type PhraseGroup = {
	/** "p3-12": the 12th group of model 3. The same for ever, and never given to another group. */
	id: string;
	/** a topic as the log spells it; null: handoffs without one */
	topic: string | null;
	language: string | null;
	/** what its questions say, in up to three words; '' where they have no words of their own */
	label: string;
	/** what somebody called it */
	name: string | null;
	/** handoffs with a question */
	questions: number;
	/** those of them whose route is known */
	routed: number;
	/** those of them handed over by failure */
	failures: number;
	/** UTC, of the first and the last handoff ever that belongs to it, whatever the period and filter */
	first_at: string;
	last_at: string;
	/** in order; weeks without any question are left out and stand for zero */
	weeks: PhraseWeek[];
	/** the most central question first, then central ones that say it otherwise */
	examples: PhraseExample[];
	/** groups that were merged into it, each of which can be taken out again */
	merged: { id: string; label: string; name: string | null }[];
};

/** How far the questions of one topic and language are grouped, in a period and filter. */
export type PhraseCoverage = {
	topic: string | null;
	language: string | null;
	questions: number;
	/** in a group */
	grouped: number;
	/** in a proposal that nobody has decided on */
	proposed: number;
	/** looked at and like no group, or in a proposal that was dismissed */
	outside: number;
	/** not looked at yet: too few, or the job still has to */
	waiting: number;
	/** questions ever, of this topic and language: under `fewestPhrases` of them no group is made */
	ever: number;
	/** there are no groups, since the questions ever are too few */
	tooFew: boolean;
};

/** Questions of one topic and language under which no groups are made. */
export { fewestQuestions as fewestPhrases } from './analysis/phrases/startModel.ts';

/** What the job that groups questions does, while it runs. */
export type PhraseJob = {
	running: boolean;
	/** topics × languages that are done, and all that this run has to do */
	done: number;
	all: number;
	/** share of the questions that are done, 0 to 1; within a topic and language an estimate */
	fraction: number;
	/** what it does now */
	topic: string | null;
	language: string | null;
	/** why the last run ended early; null when it did not */
	failure: string | null;
	/** when the last run was over, UTC; null: none has been since the program started */
	endedAt: string | null;
};

export type PhraseGroups = {
	/** most questions first */
	groups: PhraseGroup[];
	/** new groups that somebody may accept or dismiss */
	proposals: PhraseGroup[];
	/** what somebody dismissed; it can be accepted all the same */
	dismissed: PhraseGroup[];
	coverage: PhraseCoverage[];
	job: PhraseJob;
};

/** Handoffs with a question, of a group (or of none), by week, channel and whether the AI failed. */
export type PhraseCount = {
	/** null: no accepted group */
	group: string | null;
	topic: string | null;
	language: string | null;
	channel: string | null;
	/** Monday of the week, local */
	week: string;
	questions: number;
	routed: number;
	failures: number;
};

/** What a group is called: its name, else its telling words. */
export const phraseTitle = ({ name, label }: { name: string | null; label: string }) =>
	name ?? (label || 'no words of its own');

/** The id of a group, and the model and number it is made of. */
export const phraseId = (model: number, n: number) => `p${model}-${n}`;

/** @returns null for a text that is no id of a group */
export function parsePhraseId(id: string): { model: number; n: number } | null {
	const [, model, n] = /^p([1-9]\d{0,8})-([1-9]\d{0,8})$/.exec(id) ?? [];
	return model === undefined ? null : { model: Number(model), n: Number(n) };
}

/** How much of a question is quoted on a page or a terminal, in characters. */
export const longestQuote = 280;

/** How long the name of a group may be, in characters. */
export const longestPhraseName = 80;
