/** A sample written to a temporary folder and read back line by line, by plain means. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SampleOptions } from '../../ingest/sample/plan.ts';
import type { Truth } from '../../ingest/sample/truth.ts';
import { writeSample } from '../../ingest/sample/write.ts';

export type Row = Record<string, string>;

/** Cells of one CSV line; the sample never breaks a line within a cell. */
export function cellsOf(line: string): string[] {
	const cells: string[] = [];
	for (let at = 0; at <= line.length; at++) {
		if (line[at] === '"') {
			const end = /(?:[^"]|"")*/y;
			end.lastIndex = at + 1;
			const text = end.exec(line)?.[0] ?? '';
			cells.push(text.replaceAll('""', '"'));
			at += text.length + 2;
		} else {
			const comma = line.indexOf(',', at);
			const end = comma < 0 ? line.length : comma;
			cells.push(line.slice(at, end));
			at = end;
		}
	}
	return cells;
}

export type File = {
	text: string;
	columns: string[];
	/** Raw lines, the header first. */
	lines: string[];
	/** Good lines. */
	rows: Row[];
	/** Bad lines by number, as far as their cells go. */
	bad: Map<number, Row>;
};

async function fileOf(folder: string, name: string, truth: Truth): Promise<File> {
	const text = await readFile(join(folder, name), 'utf8');
	const lines = text.split('\n').slice(0, -1);
	const columns = cellsOf(lines[0] ?? '');
	const badNumbers = new Set(
		truth.bad_lines.filter(({ file }) => file === name).map(({ line }) => line)
	);
	const rows: Row[] = [];
	const bad = new Map<number, Row>();
	for (const [i, line] of lines.entries()) {
		if (i === 0) continue;
		const cells = cellsOf(line);
		const row = Object.fromEntries(columns.map((column, n) => [column, cells[n] ?? '']));
		if (badNumbers.has(i + 1)) bad.set(i + 1, row);
		else rows.push(row);
	}
	return { text, columns, lines, rows, bad };
}

export type Sampled = { truth: Truth; handoffs: File; conversations: File; truthText: string };

/** Writes a sample, reads it back and removes it. */
export async function sampled(options: SampleOptions): Promise<Sampled> {
	const folder = await mkdtemp(join(tmpdir(), 'seam-sample-'));
	try {
		const { truth } = await writeSample({ ...options, out: join(folder, 'log') });
		const handoffs = await fileOf(join(folder, 'log'), 'handoffs.csv', truth);
		const conversations = await fileOf(join(folder, 'log'), 'conversations.csv', truth);
		const truthText = await readFile(join(folder, 'log', 'truth.json'), 'utf8');
		return { truth, handoffs, conversations, truthText };
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** Week of a local time, counted from 0. */
export const weekOf = (time: string, truth: Truth) =>
	Math.floor((Date.parse(time.slice(0, 10)) - Date.parse(truth.first_week)) / 604_800_000);

export const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

export const shareOf = <T>(list: T[], test: (item: T) => boolean) =>
	list.filter(test).length / list.length;

/** Values of a column where it says something. */
export const numbersOf = (rows: Row[], column: string) =>
	rows.flatMap((row) => (row[column] ? [Number(row[column])] : []));

export function grouped(rows: Row[], column: string): Map<string, Row[]> {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const key = row[column] ?? '';
		const group = groups.get(key);
		if (group) group.push(row);
		else groups.set(key, [row]);
	}
	return groups;
}
