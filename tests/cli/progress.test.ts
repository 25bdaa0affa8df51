import { expect, test } from 'vitest';
import { progressLine } from '../../src/cli/progress.ts';

const reading = { phase: 'reading', file: '/logs/a.csv', lines: 30_000, fraction: 0.25 } as const;
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test('progress says rows, their rate and the time left', () => {
	expect(plain(progressLine(reading, { seconds: 3, read: 3 }))).toBe(
		'reading · a.csv · 30 000 lines · 10 000/s · 9 s left'
	);
});

test('time passes while a long step says nothing new, and the rate stays what it was', () => {
	expect(plain(progressLine(reading, { seconds: 8, read: 3 }))).toBe(
		'reading · a.csv · 30 000 lines · 10 000/s · 4 s left'
	);
	expect(plain(progressLine(reading, { seconds: 50, read: 3 }))).toContain('0 s left');
});

test('before the first rows only the time so far is known', () => {
	const nothing = { ...reading, lines: 0, fraction: 0 };
	expect(progressLine(nothing, { seconds: 2.5, read: 0 })).toBe('reading · a.csv · 2 s so far');
});
