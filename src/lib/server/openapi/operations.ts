/** Every endpoint of the API: what it takes and what it answers. */
import { z } from 'zod';
import { sqlParameters } from '../store/figureSql.ts';
import { fixesParameters } from '../fixes/fixFile.ts';
import { conversationsParameters } from '../conversations/conversationsParameters.ts';
import { gapsParameters } from '../gaps/gapFile.ts';
import { handoffsParameters } from '../handoffs/handoffsParameters.ts';
import { metricsParameters } from '../measure/metricsQuery.ts';
import { phrasesParameters } from '../phrases/phraseFile.ts';
import { reportParameters } from '../report/reportQuery.ts';
import { reviewsParameters } from '../reviews/reviewFile.ts';
import type { AnswerName, RequestName } from './schemas.ts';

/** A body: JSON of one of some schemas, a JSON value of a schema on each line, or a text. */
export type Body = { schemas: AnswerName[] } | { lines: AnswerName } | 'text';

export type Answer = { description: string; content: Record<string, Body> };

export type Operation = {
	path: string;
	method: 'get' | 'post' | 'patch' | 'delete';
	/** a name for programs that are made from the document */
	id: string;
	summary: string;
	description?: string;
	parameters?: z.ZodObject;
	/** what stands in braces in its path */
	pathParameters?: z.ZodObject;
	request?: RequestName;
	answers: Record<number, Answer>;
	/** for the command line of the same user, which shows a token; it may change at any time */
	ownCommand?: boolean;
};

const json = (...schemas: AnswerName[]): Record<string, Body> => ({
	'application/json': { schemas }
});

/** CSV with a header, and JSON lines. */
const fileOf = (row: AnswerName): Record<string, Body> => ({
	'text/csv': 'text',
	'application/x-ndjson': { lines: row }
});

const refused: Answer = {
	description: 'What was asked cannot be answered; the sentence says why.',
	content: json('Error')
};
const foreign: Answer = {
	description: 'The request shows no token of this server.',
	content: json('Error')
};

const phraseId = z.strictObject({
	id: z.string().meta({ description: 'Of the group, such as p3-12.' })
});
const fixNumber = z.strictObject({ id: z.int().min(1).meta({ description: 'Of the fix.' }) });

export const operations: Operation[] = [
	{
		path: '/api/metrics',
		method: 'get',
		id: 'readMetrics',
		summary: 'The numbers of the pages, by metric id',
		description:
			'One row for each group that occurs. A metric that misleads alone brings its companion.',
		parameters: metricsParameters,
		answers: {
			200: {
				description: 'The rows, in the form asked for.',
				content: { ...json('MetricsRows'), ...fileOf('MetricsRow') }
			},
			400: refused
		}
	},
	{
		path: '/api/gaps',
		method: 'get',
		id: 'readGaps',
		summary: 'Knowledge gaps, those that save most first',
		description:
			'Topics, and phrase groups within them, whose failure handoffs exceed what volume and channels explain, and those that are emerging. Topics chosen are held against all topics; the route changes nothing.',
		parameters: gapsParameters,
		answers: {
			200: {
				description: 'The gaps, in the form asked for.',
				content: { ...json('Gaps'), ...fileOf('Gap'), 'text/markdown': 'text' }
			},
			400: refused
		}
	},
	{
		path: '/api/handoffs',
		method: 'get',
		id: 'readHandoffs',
		summary: 'The list of handoffs as a file, streamed',
		description:
			'Takes the address of the page Handoffs as it stands; its header names columns by id.',
		parameters: handoffsParameters,
		answers: {
			200: { description: 'One handoff a row.', content: fileOf('ListedHandoff') },
			400: refused
		}
	},
	{
		path: '/api/conversations',
		method: 'get',
		id: 'readConversations',
		summary: 'The list of conversations as a file, streamed',
		description:
			'Takes the address of the page Conversations as it stands; its header names columns by id.',
		parameters: conversationsParameters,
		answers: {
			200: {
				description: 'One conversation a row.',
				content: fileOf('ListedConversation')
			},
			400: refused
		}
	},
	{
		path: '/api/reviews',
		method: 'get',
		id: 'readReviews',
		summary: 'Every review ever given, the oldest first',
		parameters: reviewsParameters,
		answers: {
			200: { description: 'One review a row.', content: fileOf('Review') },
			400: refused
		}
	},
	{
		path: '/api/reviews',
		method: 'post',
		id: 'importReviews',
		summary: 'Takes in reviews from a file of this machine',
		request: 'ReviewImportRequest',
		ownCommand: true,
		answers: {
			200: { description: 'What became of its lines.', content: json('ReviewImport') },
			400: refused,
			403: foreign,
			422: { description: 'The file cannot be read.', content: json('Error') }
		}
	},
	{
		path: '/api/fixes',
		method: 'get',
		id: 'readFixes',
		summary: 'The fix ledger, the oldest fix first',
		parameters: fixesParameters,
		answers: {
			200: {
				description: 'The fixes that stand; with all=yes every version ever recorded.',
				content: { ...json('Fixes'), 'text/csv': 'text' }
			},
			400: refused
		}
	},
	{
		path: '/api/fixes',
		method: 'post',
		id: 'recordFix',
		summary: 'Records a fix',
		request: 'NewFix',
		ownCommand: true,
		answers: {
			200: { description: 'The fix with its number.', content: json('Fix') },
			400: refused,
			403: foreign
		}
	},
	{
		path: '/api/fixes/import',
		method: 'post',
		id: 'importFixes',
		summary: 'Takes in fixes from a ledger of this machine',
		request: 'FixImportRequest',
		ownCommand: true,
		answers: {
			200: { description: 'What became of its lines.', content: json('FixImport') },
			400: refused,
			403: foreign,
			422: { description: 'The file cannot be read.', content: json('Error') }
		}
	},
	{
		path: '/api/fixes/{id}',
		method: 'patch',
		id: 'editFix',
		summary: 'Changes fields of a fix',
		pathParameters: fixNumber,
		request: 'FixEdit',
		ownCommand: true,
		answers: {
			200: { description: 'The fix as it stands now.', content: json('Fix') },
			400: refused,
			403: foreign
		}
	},
	{
		path: '/api/fixes/{id}',
		method: 'delete',
		id: 'withdrawFix',
		summary: 'Withdraws a fix',
		pathParameters: fixNumber,
		ownCommand: true,
		answers: {
			200: { description: 'The fix, with the time it ended.', content: json('Fix') },
			400: refused,
			403: foreign
		}
	},
	{
		path: '/api/phrases',
		method: 'get',
		id: 'readPhrases',
		summary: 'Phrase groups: what customers asked, by how they said it',
		description:
			'Groups, proposals and dismissed ones, most questions first; questions are masked.',
		parameters: phrasesParameters,
		answers: {
			200: {
				description: 'The groups, and how far questions are grouped.',
				content: json('PhraseGroups')
			},
			400: refused
		}
	},
	{
		path: '/api/phrases/status',
		method: 'get',
		id: 'readPhraseJob',
		summary: 'How far the job is that groups questions after an import',
		answers: { 200: { description: 'What it does now.', content: json('PhraseJob') } }
	},
	{
		path: '/api/phrases/{id}',
		method: 'patch',
		id: 'editPhrase',
		summary: 'Renames, merges, accepts or dismisses a phrase group',
		pathParameters: phraseId,
		request: 'PhraseEdit',
		ownCommand: true,
		answers: {
			200: { description: 'The group as it stands now.', content: json('PhraseEntry') },
			400: refused,
			403: foreign
		}
	},
	{
		path: '/api/phrases/update',
		method: 'post',
		id: 'updatePhrases',
		summary: 'Groups the questions that no run has looked at yet',
		ownCommand: true,
		answers: {
			200: {
				description: 'Progress, and at the end the report or an error, one a line.',
				content: { 'application/x-ndjson': { lines: 'GroupingMessage' } }
			},
			403: foreign
		}
	},
	{
		path: '/api/report',
		method: 'get',
		id: 'readReport',
		summary: 'The week as a report',
		parameters: reportParameters,
		answers: {
			200: {
				description: 'The report, in the form asked for; with format=all a Report.',
				content: {
					'text/html': 'text',
					'text/markdown': 'text',
					...json('WeekReport', 'Report')
				}
			},
			400: refused,
			503: { description: 'The log holds no handoff yet.', content: json('Error') }
		}
	},
	{
		path: '/api/sql',
		method: 'get',
		id: 'readSql',
		summary: 'The SQL behind a figure, with its parameters filled in',
		parameters: sqlParameters,
		answers: {
			200: { description: 'Statements for DuckDB.', content: { 'text/plain': 'text' } },
			400: refused
		}
	},
	{
		path: '/api/status',
		method: 'get',
		id: 'readStatus',
		summary: 'What the server holds, and where',
		answers: { 200: { description: 'The state of the store.', content: json('Status') } }
	},
	{
		path: '/api/openapi.json',
		method: 'get',
		id: 'readOpenApi',
		summary: 'This document',
		answers: { 200: { description: 'OpenAPI 3.1.', content: json('OpenApi') } }
	},
	{
		path: '/healthz',
		method: 'get',
		id: 'readHealth',
		summary: 'Whether the database answers',
		answers: {
			200: { description: 'It answers.', content: json('Alive') },
			503: { description: 'It does not.', content: json('Dead') }
		}
	},
	{
		path: '/api/import',
		method: 'post',
		id: 'importFiles',
		summary: 'Imports files of this machine',
		request: 'ImportRequest',
		ownCommand: true,
		answers: {
			200: {
				description: 'Progress, and at the end the report or an error, one a line.',
				content: { 'application/x-ndjson': { lines: 'ImportMessage' } }
			},
			400: refused,
			403: foreign
		}
	},
	{
		path: '/api/quarantine',
		method: 'get',
		id: 'readQuarantine',
		summary: 'Refused lines with their reasons, as they stood in their files',
		ownCommand: true,
		answers: {
			200: { description: 'Every refused line.', content: json('RefusedLines') },
			403: foreign
		}
	}
];
