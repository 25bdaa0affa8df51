import { describe, expect, it } from 'vitest';
import { readGapsChoice } from '../../../src/lib/server/gaps/gapsPage.ts';
import { AddressReader } from '../../../src/lib/server/http/addressReader.ts';
import { readGrouping } from '../../../src/lib/server/quality/quality.ts';
import { readRepeatChoice } from '../../../src/lib/server/repeats/repeats.ts';
import { readChoice } from '../../../src/lib/server/scope/scope.ts';
import { readTriggerChoice } from '../../../src/lib/server/triggers/triggers.ts';
import { readWaitChoice } from '../../../src/lib/server/waits/waits.ts';
import { readWeekChoice } from '../../../src/lib/server/week/week.ts';

const parameters = (address: string) => new URLSearchParams(address);

describe('an address', () => {
	it('is read where it is understood, and an empty field is none', () => {
		const reader = new AddressReader(parameters('by=topic&weeks=13&kind=a&kind=&days='));
		expect([
			reader.oneOf('by', ['queue', 'topic']),
			reader.oneOf('weeks', [4, 13]),
			reader.several('kind', ['a', 'b']),
			reader.oneOf('days', [1]),
			reader.oneOf('else', ['x'])
		]).toEqual(['topic', 13, ['a'], null, null]);
		expect(reader.notes).toEqual([]);
	});

	it('names what it left out, cut where it is long, and what would have been understood', () => {
		const reader = new AddressReader(parameters(`by=${'x'.repeat(5000)}&kind=c&weeks=13.5`));
		reader.oneOf('by', ['queue', 'topic']);
		reader.several('kind', ['a', 'b']);
		reader.oneOf('weeks', [4, 13]);
		expect(reader.notes).toEqual([
			`by=${'x'.repeat(60)}… was left out: it takes queue, topic.`,
			'kind=c was left out: it takes a, b.',
			'weeks=13.5 was left out: it takes 4, 13.'
		]);
	});
});

describe('every page says what of its address it left out', () => {
	const none = readChoice(parameters(''));
	it.each([
		['weeks=99', (given: URLSearchParams) => readChoice(given).notes],
		['against=zzz', (given: URLSearchParams) => readChoice(given).notes],
		['moved=wait', (given: URLSearchParams) => readWeekChoice(given).notes],
		['by=week', (given: URLSearchParams) => readGrouping(given).notes],
		['by=team', (given: URLSearchParams) => readWaitChoice(none, given).notes],
		['hours=p99', (given: URLSearchParams) => readWaitChoice(none, given).notes],
		['by=queue', (given: URLSearchParams) => readRepeatChoice(none, given).notes],
		['days=-1', (given: URLSearchParams) => readRepeatChoice(none, given).notes],
		['measure=xx', (given: URLSearchParams) => readTriggerChoice(none, given).notes],
		['threshold=abc', (given: URLSearchParams) => readTriggerChoice(none, given).notes],
		['in_force=5', (given: URLSearchParams) => readTriggerChoice(none, given).notes],
		['kind=page', (given: URLSearchParams) => readGapsChoice(none, given).notes],
		['emerging=maybe', (given: URLSearchParams) => readGapsChoice(none, given).notes]
	] as const)('%s', (address, notes) => {
		expect(notes(parameters(address))).toEqual([
			expect.stringContaining(`${address} was left out: it takes `)
		]);
	});
});
