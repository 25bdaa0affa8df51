/** What requests and answers of the API are made of, by the names that the document gives them. */
import { z } from 'zod';
import { conversationCells } from '../conversations/conversations.ts';
import { fixesImported, fixImportSchema } from '../fixes/fixImport.ts';
import { fixRow, listedFixRow } from '../fixes/fixRow.ts';
import { fixEditSchema, fixSchema } from '../fixes/fixSchema.ts';
import { gapRowSchema } from '../gaps/gapFile.ts';
import { listedRow } from '../handoffs/handoffs.ts';
import { importMessageSchema, importRequestSchema } from '../store/importRequest.ts';
import { estimateSchema, metricsRowSchema } from '../measure/metricsQuery.ts';
import { phraseEditSchema, phraseEntrySchema } from '../phrases/phraseEntries.ts';
import {
	groupingMessageSchema,
	phraseGroupSchema,
	phraseGroupsSchema,
	phraseJobSchema
} from '../phrases/phraseFile.ts';
import { refusedRow } from '../store/quarantine.ts';
import { reportSchema, weekJsonSchema } from '../report/weekJsonSchema.ts';
import { importRow } from '../store/log.ts';
import { keptReviewRow, reviewImportSchema, type ReviewImport } from '../reviews/reviewImport.ts';
import { aliveSchema, deadSchema, statusSchema } from '../store/status.ts';

/** What became of the lines of a file of reviews. */
const reviewsImported = z.strictObject({
	lines: z.int(),
	effects: z.strictObject({
		added: z.int(),
		older: z.int(),
		ended: z.int(),
		unchanged: z.int()
	}),
	refused: z.array(z.strictObject({ line: z.int(), reason: z.string() })),
	unknown: z.array(z.string()).describe('Handoffs that the log does not hold.'),
	dryRun: z.boolean()
}) satisfies z.ZodType<ReviewImport>;

/** Bodies of requests. */
export const requestSchemas = {
	ImportRequest: importRequestSchema,
	ReviewImportRequest: reviewImportSchema,
	FixImportRequest: fixImportSchema,
	NewFix: fixSchema,
	FixEdit: fixEditSchema,
	PhraseEdit: phraseEditSchema
};

/** Bodies of answers. */
export const answerSchemas = {
	Error: z.strictObject({
		error: z.string().describe('A sentence that names the value at fault and the way out.')
	}),
	Estimate: estimateSchema,
	MetricsRow: metricsRowSchema,
	MetricsRows: z.array(metricsRowSchema),
	Gap: gapRowSchema,
	Gaps: z.array(gapRowSchema),
	WeekReport: weekJsonSchema,
	Report: reportSchema,
	LastImport: importRow,
	Status: statusSchema,
	Alive: aliveSchema,
	Dead: deadSchema,
	RefusedLine: refusedRow,
	RefusedLines: z.array(refusedRow),
	ImportMessage: importMessageSchema,
	ListedConversation: conversationCells.partial(),
	ListedHandoff: listedRow.partial(),
	Review: keptReviewRow,
	ReviewImport: reviewsImported,
	Fix: fixRow,
	Fixes: z.array(listedFixRow),
	FixImport: fixesImported,
	PhraseGroup: phraseGroupSchema,
	PhraseGroups: phraseGroupsSchema,
	PhraseJob: phraseJobSchema,
	PhraseEntry: phraseEntrySchema,
	GroupingMessage: groupingMessageSchema,
	OpenApi: z.looseObject({ openapi: z.string() })
};

export type RequestName = keyof typeof requestSchemas;
export type AnswerName = keyof typeof answerSchemas;
