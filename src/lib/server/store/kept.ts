/** Answers of queries, kept while the store stays as it is: what is asked again is not read again. */
import { revision } from './engine.ts';

/** What is kept at most, and of one answer, in bytes. */
const mostOfAll = 32 * 2 ** 20;
const mostOfOne = 2 ** 20;

type Answer = { rows: unknown[]; size: number };

/** By the statement, the one not asked for the longest first. */
const answers = new Map<string, Answer>();
let kept = { revision: -1, size: 0 };

/**
 * The rows of a statement with its values filled in: those kept, or those that `read` gives. They are
 * kept until something is written to the store; readers must not change them.
 */
export async function keptOr(
	statement: string,
	read: () => Promise<unknown[]>
): Promise<unknown[]> {
	const before = await revision();
	if (before === null) return read();
	const known = before === kept.revision ? answers.get(statement) : undefined;
	if (known) {
		answers.delete(statement);
		answers.set(statement, known);
		return known.rows;
	}
	const rows = await read();
	// Written meanwhile, they may be of either side of it.
	if ((await revision()) === before) keep(before, statement, rows);
	return rows;
}

/** Forgets all answers, so that a benchmark sees what a first reader waits for. */
export function forgetAnswers(): void {
	answers.clear();
	kept = { revision: -1, size: 0 };
}

function keep(of: number, statement: string, rows: unknown[]): void {
	// A snapshot may be older than what others have read since.
	if (of < kept.revision) return;
	if (of > kept.revision) {
		forgetAnswers();
		kept.revision = of;
	}
	const size = sizeOf(rows, mostOfOne) + 2 * statement.length;
	if (size > mostOfOne || answers.has(statement)) return;
	answers.set(statement, { rows, size });
	kept.size += size;
	for (const [oldest, answer] of answers) {
		if (kept.size <= mostOfAll) break;
		answers.delete(oldest);
		kept.size -= answer.size;
	}
}

/** About how many bytes a value takes; beyond `most` it counts no further. */
function sizeOf(value: unknown, most: number): number {
	if (typeof value === 'string') return 16 + 2 * value.length;
	if (typeof value !== 'object' || value === null) return 8;
	let size = 16;
	for (const part of Object.values(value)) {
		size += sizeOf(part, most - size);
		if (size > most) break;
	}
	return size;
}
