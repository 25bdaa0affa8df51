import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';

type Locked = Record<
	string,
	{ resolved?: string; optionalDependencies?: Record<string, string>; integrity?: string }
>;

const text = await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8');
const { packages } = JSON.parse(text) as { packages: Locked };

describe('package-lock.json', () => {
	test('names no registry, so that it installs from whichever one is configured', () => {
		expect(
			Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)
		).toEqual([]);
	});

	test('holds the optional packages of every platform, so that it installs on each of them', () => {
		const names = new Set(
			Object.keys(packages).map((path) => path.split('node_modules/').at(-1))
		);
		const missing = Object.values(packages)
			.flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}))
			.filter((name) => !names.has(name));
		expect(missing).toEqual([]);
	});

	test('says of every package what its contents must be', () => {
		const unsaid = Object.entries(packages).filter(
			([path, { integrity }]) => path && !integrity
		);
		expect(unsaid.map(([path]) => path)).toEqual([]);
	});
});
