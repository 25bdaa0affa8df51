/** Reviews as a file that another store reads, or a spreadsheet: CSV, or a JSON object a line. */
import { z } from 'zod';
import { byteOrderMark, csvLine, undefused } from '../../csv.ts';
import { readCsvTable, requireColumns, type RefusedLine } from '../http/csvTable.ts';
import { oneOf } from '../http/parameters.ts';
import { faultOf, keptReviewSchema, type KeptReview } from './reviewSchema.ts';

export const reviewFormats = ['csv', 'ndjson'] as const;
export type ReviewFormat = (typeof reviewFormats)[number];

export const reviewMediaTypes: Record<ReviewFormat, string> = {
	csv: 'text/csv; charset=utf-8',
	ndjson: 'application/x-ndjson'
};

/** The parameters of a call for reviews. */
export const reviewsParameters = z.strictObject({
	format: oneOf('format', reviewFormats, 'The form of the file.').default('csv')
});

const columns = [
	'handoff_id',
	'necessary',
	'lacked',
	'note',
	'reviewer',
	'reviewed_at',
	'ended_at'
] as const satisfies readonly (keyof KeptReview)[];
type Column = (typeof columns)[number];
const required: readonly Column[] = ['handoff_id', 'necessary', 'reviewed_at'];

/** The reviews of a file, each with the line it stands on. */
export type ReviewLines = {
	reviews: { line: number; review: KeptReview }[];
	refused: RefusedLine[];
};

/** Writes reviews; in CSV a reviewer who cannot tell is "unsure", so that nothing else is. */
export function writeReviews(reviews: KeptReview[], format: ReviewFormat): string {
	const cells = (review: KeptReview) => columns.map((column) => review[column]);
	if (format === 'ndjson')
		return reviews
			.map((review) => JSON.stringify(Object.fromEntries(zip(cells(review)))) + '\n')
			.join('');
	const lines = reviews.map((review) =>
		csvLine(zip(cells(review)).map(([name, value]) => cellOf(name, value)))
	);
	return byteOrderMark + csvLine(columns) + lines.join('');
}

const zip = (values: KeptReview[Column][]) =>
	columns.map((column, at) => [column, values[at] ?? null] as const);

const cellOf = (name: Column, value: KeptReview[Column]) =>
	name === 'necessary' && value === null ? 'unsure' : value;

/**
 * Reads what `writeReviews` has written, or a spreadsheet has saved of it: divided by commas,
 * semicolons or tabs, cells at the end left out.
 * @throws LogError where the file as a whole is none of reviews
 */
export function readReviewFile(text: string): ReviewLines {
	const body = text.replace(/^\ufeff/, '');
	return body.trimStart().startsWith('{') ? readObjects(body) : readTable(body);
}

function readObjects(body: string): ReviewLines {
	const read: ReviewLines = { reviews: [], refused: [] };
	for (const [at, line] of body.split('\n').entries()) {
		if (line.trim() === '') continue;
		let value: unknown;
		try {
			value = JSON.parse(line);
		} catch {
			read.refused.push({ line: at + 1, reason: 'is not a JSON object' });
			continue;
		}
		if (typeof value === 'object' && value !== null && !Array.isArray(value))
			take(read, at + 1, value);
		else read.refused.push({ line: at + 1, reason: 'is not a JSON object' });
	}
	return read;
}

function readTable(body: string): ReviewLines {
	const { names, rows, refused } = readCsvTable(body, 'handoff_id');
	requireColumns(names, { what: 'reviews', columns, required });
	const read: ReviewLines = { reviews: [], refused };
	for (const { line, cells } of rows) take(read, line, objectOf(names, cells));
	read.refused.sort((one, other) => one.line - other.line);
	return read;
}

/** What the cells of a record say; an empty one says nothing, and "unsure" is an answer. */
function objectOf(names: string[], record: string[]): Record<string, unknown> {
	return Object.fromEntries(
		names.map((name, at) => {
			const cell = undefused(record[at] ?? '');
			if (name === 'necessary')
				return [name, answers.get(cell.trim().toLowerCase()) ?? asked(cell)];
			if (name === 'lacked') return [name, cell.trim().toLowerCase() || null];
			if (name === 'ended_at') return [name, cell.trim() || null];
			return [name, cell];
		})
	);
}

const answers = new Map<string, boolean>([
	['true', true],
	['false', false]
]);
/** What is left of an answer that is neither yes nor no. */
const asked = (cell: string) => (cell.trim().toLowerCase() === 'unsure' ? null : cell);

function take(read: ReviewLines, line: number, value: unknown): void {
	const parsed = keptReviewSchema.safeParse(value);
	if (parsed.success) read.reviews.push({ line, review: parsed.data });
	else read.refused.push({ line, reason: faultOf(parsed.error) });
}
