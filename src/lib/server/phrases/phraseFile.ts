/** Phrase groups for programs: what they ask, and what they are answered. */
import { z } from 'zod';
import type { PhraseGroup, PhraseGroups, PhraseJob } from '../../phrases.ts';
import { date, filterParameters } from '../http/parameters.ts';
import { ever } from '../list/listPage.ts';
import { readPhraseGroups } from './phraseGroups.ts';
import { groupingReportSchema } from './phraseJob.ts';

/** Questions shown of a group at most. */
const mostExamples = 20;

/** The parameters of a call for phrase groups. */
export const phrasesParameters = z.strictObject({
	from: date('from', 'First local date; all of the log where it is left out.').optional(),
	to: date('to', 'Local date after the last one.').optional(),
	examples: z
		.string()
		.refine((text) => /^\d{1,2}$/.test(text) && Number(text) <= mostExamples, {
			error: ({ input }) =>
				`examples=${String(input)} is not a whole number up to ${mostExamples}.`
		})
		.transform(Number)
		.default(4)
		.meta({
			type: 'integer',
			minimum: 0,
			maximum: mostExamples,
			description: 'Questions shown of each group.'
		}),
	...filterParameters
});
export type PhrasesQuery = z.output<typeof phrasesParameters>;

/** The groups asked for. */
export const listPhrases = ({ from, to, examples, ...filter }: PhrasesQuery) =>
	readPhraseGroups({ ...filter, from: from ?? ever.from, to: to ?? ever.to }, { examples });

export const phraseJobSchema = z.strictObject({
	running: z.boolean(),
	done: z.int().describe('Topics × languages that are done.'),
	all: z.int(),
	fraction: z
		.number()
		.describe('Share of the questions that are done; within a topic and language an estimate.'),
	topic: z.string().nullable(),
	language: z.string().nullable(),
	failure: z.string().nullable().describe('Why the last run left something; null if it did not.'),
	endedAt: z
		.string()
		.nullable()
		.describe('When the last run was over, UTC; null: none has been since Seam started.')
}) satisfies z.ZodType<PhraseJob>;

export const phraseGroupSchema = z.strictObject({
	id: z.string(),
	topic: z.string().nullable(),
	language: z.string().nullable(),
	label: z.string().describe('Telling words of its questions.'),
	name: z.string().nullable().describe('What somebody called it.'),
	questions: z.int(),
	routed: z.int().describe('Of them with a known route.'),
	failures: z.int(),
	first_at: z.string().describe('UTC, of its first handoff ever.'),
	last_at: z.string(),
	weeks: z.array(z.strictObject({ week: z.string(), questions: z.int(), failures: z.int() })),
	examples: z.array(z.strictObject({ handoff_id: z.string(), question: z.string() })),
	merged: z.array(
		z.strictObject({ id: z.string(), label: z.string(), name: z.string().nullable() })
	)
}) satisfies z.ZodType<PhraseGroup>;

export const phraseGroupsSchema = z.strictObject({
	groups: z.array(phraseGroupSchema),
	proposals: z.array(phraseGroupSchema),
	dismissed: z.array(phraseGroupSchema),
	coverage: z.array(
		z.strictObject({
			topic: z.string().nullable(),
			language: z.string().nullable(),
			questions: z.int(),
			grouped: z.int(),
			proposed: z.int(),
			outside: z.int(),
			waiting: z.int(),
			ever: z.int(),
			tooFew: z.boolean()
		})
	),
	job: phraseJobSchema
}) satisfies z.ZodType<PhraseGroups>;

/** What a server says while and after it groups questions, one JSON value a line. */
export const groupingMessageSchema = z.union([
	z.strictObject({ progress: phraseJobSchema }),
	z.strictObject({ report: groupingReportSchema }),
	z.strictObject({ error: z.string(), exitCode: z.int() })
]);
export type GroupingMessage = z.infer<typeof groupingMessageSchema>;
