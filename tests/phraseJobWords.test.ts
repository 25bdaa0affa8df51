import { expect, test } from 'vitest';
import { jobWords } from '../src/lib/components/gaps/gapPageWords.ts';
import type { PhraseJob } from '../src/lib/phrases.ts';

const idle: PhraseJob = {
	...{ running: false, done: 0, all: 0, fraction: 0, topic: null, language: null, failure: null },
	endedAt: null
};

test('a grouping that runs names what it does now, with and without topic and language', () => {
	const running = { ...idle, running: true, done: 3, all: 36, fraction: 0.4 };
	expect(jobWords({ ...running, topic: 'Returns', language: 'de' })).toMatch(
		/are being grouped, now those of Returns \(German\)\./
	);
	expect(jobWords(running)).toMatch(/those of no topic \(no language\)/);
});

test('one that left something says why and the way out; one that ended well says nothing', () => {
	const said = jobWords({ ...idle, failure: 'Returns, de: out of memory' });
	expect(said).toMatch(/Returns, de: out of memory\. It is tried again/);
	expect(said).toContain('npx seam phrases update');
	expect(jobWords(idle)).toBeNull();
});
