import { existsSync, readFileSync } from 'node:fs';

type Case = { id: string; inputs: unknown; expected: unknown };
type File = { tolerance: { absolute: number }; cases: Case[] };

const folder = new URL('../../../shared/reference/', import.meta.url);

/** Cases of one reference file, `[]` where the folder is absent; tests then skip by name. */
export function reference(name: string) {
	const url = new URL(`${name}.json`, folder);
	const present = existsSync(url);
	const file: File = present
		? (JSON.parse(readFileSync(url, 'utf8')) as File)
		: { tolerance: { absolute: 0 }, cases: [] };
	return {
		present,
		tolerance: file.tolerance.absolute,
		cases: file.cases,
		/** Inputs and expected values of one case, in the shape the test states. */
		case<Inputs, Expected>(id: string): { inputs: Inputs; expected: Expected } {
			const found = file.cases.find((one) => one.id === id);
			if (!found) throw new Error(`${name}.json has no case "${id}"`);
			return found as { inputs: Inputs; expected: Expected };
		}
	};
}

/** Largest distance between two equally shaped lists of numbers; Infinity where shapes or nulls differ. */
export function distance(
	actual: readonly (number | null)[],
	expected: readonly (number | null)[]
): number {
	if (actual.length !== expected.length) return Infinity;
	return Math.max(
		0,
		...actual.map((value, index) => {
			const other = expected[index] ?? null;
			if (value === null || other === null) return value === other ? 0 : Infinity;
			return Math.abs(value - other);
		})
	);
}
