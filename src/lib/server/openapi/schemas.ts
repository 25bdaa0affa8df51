/** What requests and answers of the API are made of, by the names that the document gives them. */
import { z } from 'zod';
import { importMessageSchema, importRequestSchema } from '../importRequest.ts';
import { estimateSchema, metricsRowSchema } from '../metricsQuery.ts';
import { refusedRow } from '../quarantine.ts';
import { reportSchema, weekJsonSchema } from '../report/weekJsonSchema.ts';
import { importRow } from '../log.ts';
import { aliveSchema, deadSchema, statusSchema } from '../status.ts';

/** Bodies of requests. */
export const requestSchemas = { ImportRequest: importRequestSchema };

/** Bodies of answers. */
export const answerSchemas = {
	Error: z.strictObject({
		error: z.string().describe('A sentence that names the value at fault and the way out.')
	}),
	Estimate: estimateSchema,
	MetricsRow: metricsRowSchema,
	MetricsRows: z.array(metricsRowSchema),
	WeekReport: weekJsonSchema,
	Report: reportSchema,
	LastImport: importRow,
	Status: statusSchema,
	Alive: aliveSchema,
	Dead: deadSchema,
	RefusedLine: refusedRow,
	RefusedLines: z.array(refusedRow),
	ImportMessage: importMessageSchema,
	OpenApi: z.looseObject({ openapi: z.string() })
};

export type RequestName = keyof typeof requestSchemas;
export type AnswerName = keyof typeof answerSchemas;
