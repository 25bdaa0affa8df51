import { readFileSync } from 'node:fs';

/** What a reference file allows, by the names that it gives its tolerances. */
export function tolerances<Names extends string>(name: string): Record<Names, number> {
	const url = new URL(`../../../shared/reference/${name}.json`, import.meta.url);
	const file = JSON.parse(readFileSync(url, 'utf8')) as { tolerance: Record<Names, number> };
	return file.tolerance;
}

/**
 * Largest distance of the numbers in `actual` from those in `expected`, as a share of the latter
 * (where that is 0, as it is); Infinity where one is missing or another kind of value differs. What
 * `expected` does not name is not looked at.
 */
export function relativeDistance(actual: unknown, expected: unknown): number {
	if (typeof expected === 'number')
		return typeof actual === 'number' && !Number.isNaN(actual)
			? Math.abs(actual - expected) / (Math.abs(expected) || 1)
			: Infinity;
	if (Array.isArray(expected)) {
		if (!Array.isArray(actual) || actual.length !== expected.length) return Infinity;
		return Math.max(0, ...expected.map((one, at) => relativeDistance(actual[at], one)));
	}
	if (typeof expected === 'object' && expected !== null) {
		if (typeof actual !== 'object' || actual === null) return Infinity;
		return Math.max(
			0,
			...Object.entries(expected).map(([name, one]) =>
				relativeDistance((actual as Record<string, unknown>)[name], one)
			)
		);
	}
	return actual === expected ? 0 : Infinity;
}
