import { readFile } from 'node:fs/promises';
import { csvParse } from 'd3-dsv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parsePhraseId } from '../../../src/lib/phrases.ts';
import {
	acceptPhrase,
	dismissPhrase,
	mergePhrase,
	readGroupEntries,
	renamePhrase,
	unmergePhrase
} from '../../../src/lib/server/phrases/phraseEntries.ts';
import { readPhraseGroups } from '../../../src/lib/server/phrases/phraseGroups.ts';
import { groupQuestions } from '../../../src/lib/server/phrases/phraseJob.ts';
import { withConnection, withStore } from '../../../src/lib/server/store/engine.ts';
import { ever, smallSample, TestStore } from '../store.ts';
import { handoffsOf, questionsOf } from './questions.ts';

type Member = {
	handoff_id: string;
	model: number;
	n: number | null;
	topic: string | null;
	language: string | null;
};

/** The table itself, asked without any query file. */
async function members(): Promise<Member[]> {
	const found = await withConnection((connection) =>
		connection.runAndReadAll(
			`select p.handoff_id, p.model, p.n, m.topic, m.language
			from phrase_members as p left join phrase_models as m on m.model = p.model
			order by handoff_id`
		)
	);
	return found.getRowObjectsJson() as Member[];
}

/** Every handoff of the store with its route, which the log names or its trigger tells. */
async function storedRoutes(): Promise<Map<string, string>> {
	const found = await withConnection((connection) =>
		connection.runAndReadAll('select handoff_id, route from handoff_facts')
	);
	return new Map(found.getRows().map(([id, route]) => [String(id), String(route)]));
}

const groups = async (topic?: string) =>
	(await readPhraseGroups({ ...ever, ...(topic !== undefined && { topic: [topic] }) })).groups;

let store: TestStore;
beforeEach(async () => {
	store = await TestStore.open({ timezone: 'UTC' });
});
afterEach(() => store.close());

describe('the job', () => {
	it('puts each question of the sample into at most one group, of its own topic and language', async () => {
		const { handoffs } = await store.importSample(smallSample);
		const report = await groupQuestions();
		expect(report.failures).toEqual([]);
		expect(report.groups).toBeGreaterThan(5);
		// Refused lines are in no table; a line without an id is known by its conversation.
		const routes = await storedRoutes();
		const stored = new Set([...routes.keys()].map((id) => id.replace(/@.*$/, '')));
		const lines = new Map(
			csvParse(await readFile(handoffs, 'utf8'))
				.filter(({ question }) => question)
				.map((row) => [row.handoff_id || (row.conversation_id ?? ''), row] as const)
				.filter(([id]) => stored.has(id))
		);
		const lineOf = (id: string) => lines.get(id) ?? lines.get(id.replace(/@.*$/, ''));
		const counts = new Map<string, number>();
		for (const { topic, language } of lines.values()) {
			const part = `${topic ?? ''}|${language ?? ''}`;
			counts.set(part, (counts.get(part) ?? 0) + 1);
		}
		const placed = await members();
		expect(new Set(placed.map(({ handoff_id }) => handoff_id)).size).toBe(placed.length);
		const seen = new Map<string, number>();
		for (const { handoff_id, topic, language } of placed) {
			const line = lineOf(handoff_id);
			expect([topic ?? '', language ?? '']).toEqual([line?.topic, line?.language]);
			const part = `${topic ?? ''}|${language ?? ''}`;
			seen.set(part, (seen.get(part) ?? 0) + 1);
		}
		const enough = [...counts].filter(([, count]) => count >= 30);
		expect(enough.length).toBeGreaterThan(3);
		expect([...seen].toSorted()).toEqual(enough.toSorted());

		const { groups, coverage } = await readPhraseGroups(ever);
		for (const { id, topic, language, questions, failures, weeks, examples } of groups) {
			const { model, n } = parsePhraseId(id) ?? {};
			const own = placed.filter((one) => one.model === model && one.n === n);
			const failed = own.filter((one) => routes.get(one.handoff_id) === 'failure');
			expect([questions, failures]).toEqual([own.length, failed.length]);
			expect(weeks.reduce((sum, week) => sum + week.questions, 0)).toBe(questions);
			for (const { handoff_id } of examples)
				expect(own.map((one) => one.handoff_id)).toContain(handoff_id);
			expect(own.every((one) => one.topic === topic && one.language === language)).toBe(true);
		}
		for (const part of coverage) {
			const key = `${part.topic ?? ''}|${part.language ?? ''}`;
			expect([part.ever, part.tooFew]).toEqual([
				counts.get(key),
				(counts.get(key) ?? 0) < 30
			]);
			expect(part.grouped + part.proposed + part.outside + part.waiting).toBe(part.questions);
		}
		expect(coverage.reduce((sum, { questions }) => sum + questions, 0)).toBe(lines.size);
		expect(await groupQuestions()).toMatchObject({ parts: 0, questions: 0 });
	});

	it('keeps ids when a log comes in two halves, and proposes what is new', async () => {
		const first = [...questionsOf('parcel', 40), ...questionsOf('invoice', 40)];
		await store.importRows('a', handoffsOf('a', first));
		expect(await groupQuestions()).toMatchObject({ groups: 2, proposals: 0 });
		const before = await members();
		const parcel = `p1-${before.find(({ handoff_id }) => handoff_id === 'a-0')?.n ?? ''}`;
		const known = await groups();
		const second = [...questionsOf('parcel', 70).slice(40), ...questionsOf('scooter', 30)];
		await store.importRows('b', handoffsOf('b', second));
		expect(await groupQuestions()).toMatchObject({ groups: 0, proposals: 1, questions: 60 });
		const after = await members();
		expect(after.filter(({ handoff_id }) => handoff_id.startsWith('a-'))).toEqual(before);
		const found = await readPhraseGroups(ever);
		expect(found.groups.map(({ id, questions }) => [id, questions]).toSorted()).toEqual(
			known.map(({ id, questions }) => [id, questions + (id === parcel ? 30 : 0)]).toSorted()
		);
		expect(found.proposals).toMatchObject([{ questions: 30 }]);
		expect(found.proposals[0]?.examples[0]?.handoff_id).toMatch(/^b-[3-5]/);
		expect(found.coverage).toMatchObject([{ questions: 140, proposed: 30, outside: 0 }]);
	});

	it('looks anew at a question that a later import changes, and at no other', async () => {
		await store.importRows('a', handoffsOf('a', questionsOf('parcel', 40)));
		await store.importRows('b', handoffsOf('b', questionsOf('invoice', 40)));
		await groupQuestions();
		const before = await members();
		const of = (id: string) => before.find(({ handoff_id }) => handoff_id === id)?.n;
		const [changed] = handoffsOf('a', questionsOf('invoice', 1));
		await store.importRows('c', [changed ?? {}]);
		expect((await groupQuestions()).questions).toBe(1);
		const after = await members();
		expect(after.find(({ handoff_id }) => handoff_id === 'a-0')?.n).toBe(of('b-0'));
		expect(after.filter(({ handoff_id }) => handoff_id !== 'a-0')).toEqual(
			before.filter(({ handoff_id }) => handoff_id !== 'a-0')
		);
		// Moved to a topic of which there are too few: it is in no group of its old one.
		await store.importRows('d', handoffsOf('a', ['x'], { topic: 'Returns' }));
		await groupQuestions();
		expect((await members()).map(({ handoff_id }) => handoff_id)).not.toContain('a-0');
	});

	it('leaves whole parts when it is ended, and does the rest the next time', async () => {
		for (const topic of ['Refunds', 'Returns', 'Delivery'])
			await store.importRows(
				topic,
				handoffsOf(topic, [...questionsOf('parcel', 40), ...questionsOf('invoice', 40)], {
					topic
				})
			);
		const stop = new AbortController();
		const ended = groupQuestions(({ done }) => {
			if (done === 1) stop.abort(new Error('ended'));
		}, stop.signal);
		await expect(ended).rejects.toThrow('ended');
		expect(new Set((await members()).map(({ topic }) => topic)).size).toBe(1);
		expect(await members()).toHaveLength(80);
		expect(await groupQuestions()).toMatchObject({ parts: 2, questions: 160, failures: [] });
		expect(await members()).toHaveLength(240);
		expect(await groups()).toHaveLength(6);
	});

	it('says how far it is within one topic and language, and never goes back', async () => {
		const questions = [...questionsOf('parcel', 700), ...questionsOf('invoice', 700)];
		await store.importRows('a', handoffsOf('a', questions));
		const told: number[] = [];
		await groupQuestions(({ fraction }) => told.push(fraction));
		expect(told.filter((fraction) => fraction > 0 && fraction < 1).length).toBeGreaterThan(2);
		expect(told).toEqual(told.toSorted((one, other) => one - other));
		expect([told[0], told.at(-1)]).toEqual([0, 1]);
	});

	it('counts questions without words as too few, not as waiting', async () => {
		await store.importRows('a', handoffsOf('a', Array<string>(40).fill('😀 !?')));
		expect(await groupQuestions()).toMatchObject({ parts: 0, groups: 0 });
		expect((await readPhraseGroups(ever)).coverage).toMatchObject([
			{ questions: 40, ever: 0, tooFew: true }
		]);
	});

	it('says how many there are of a topic and language with too few', async () => {
		await store.importRows('a', handoffsOf('a', questionsOf('parcel', 29)));
		expect(await groupQuestions()).toMatchObject({ parts: 0, groups: 0 });
		expect((await readPhraseGroups(ever)).coverage).toMatchObject([
			{ topic: 'Refunds', language: 'en', ever: 29, waiting: 29, tooFew: true }
		]);
	});
});

describe('what people did', () => {
	const first = [
		...questionsOf('parcel', 40),
		...questionsOf('invoice', 40),
		...questionsOf('password', 40)
	];
	/** The ids of the groups of parcel, invoice and password. */
	async function ids(): Promise<[string, string, string]> {
		const placed = await members();
		const [parcel, invoice, password] = ['a-0', 'a-40', 'a-80'].map((id) => {
			const found = placed.find(({ handoff_id }) => handoff_id === id);
			return `p${found?.model ?? ''}-${found?.n ?? ''}`;
		});
		return [parcel ?? '', invoice ?? '', password ?? ''];
	}

	beforeEach(async () => {
		await store.importRows('a', handoffsOf('a', first));
		await groupQuestions();
	});

	it('stays when a log is imported, and a merged group goes on drawing questions for the other', async () => {
		const [parcel, invoice] = await ids();
		await renamePhrase(parcel, '  Late \n parcel ');
		await mergePhrase(invoice, parcel);
		await store.importRows('b', handoffsOf('b', questionsOf('invoice', 60).slice(40)));
		await groupQuestions();
		const found = await groups();
		expect(found.map(({ id }) => id)).not.toContain(invoice);
		expect(found.find(({ id }) => id === parcel)).toMatchObject({
			name: 'Late parcel',
			questions: 100,
			merged: [{ id: invoice }]
		});
		await unmergePhrase(invoice);
		const apart = await groups();
		expect(apart.find(({ id }) => id === parcel)).toMatchObject({ questions: 40, merged: [] });
		expect(apart.find(({ id }) => id === invoice)).toMatchObject({ questions: 60 });
	});

	it('a chain of merges ends at one group, and a link in it is taken out with what it holds', async () => {
		const [parcel, invoice, password] = await ids();
		await mergePhrase(parcel, invoice);
		await mergePhrase(invoice, password);
		expect(await groups()).toMatchObject([{ id: password, questions: 120 }]);
		await expect(mergePhrase(password, parcel)).rejects.toThrow(/already holds/);
		await unmergePhrase(invoice);
		expect((await groups()).map(({ id, questions }) => [id, questions]).toSorted()).toEqual(
			[
				[invoice, 80],
				[password, 40]
			].toSorted()
		);
	});

	it('a proposal that was dismissed does not come back, and can be accepted still', async () => {
		const scooters = questionsOf('scooter', 60);
		await store.importRows('b', handoffsOf('b', scooters.slice(0, 30)));
		await groupQuestions();
		const [proposal] = (await readPhraseGroups(ever)).proposals;
		const id = proposal?.id ?? '';
		await dismissPhrase(id);
		await store.importRows('c', handoffsOf('c', scooters.slice(30)));
		expect((await groupQuestions()).proposals).toBe(0);
		const found = await readPhraseGroups(ever);
		expect(found.proposals).toEqual([]);
		expect(found.coverage).toMatchObject([{ outside: 60, grouped: 120 }]);
		await acceptPhrase(id);
		expect(await groups()).toContainEqual(expect.objectContaining({ id, questions: 60 }));
	});

	it('what cannot be is refused with the value at fault', async () => {
		await store.importRows('b', handoffsOf('b', first, { topic: 'Returns' }));
		await groupQuestions();
		const [own, other] = ['Refunds', 'Returns'];
		const [one] = await groups(own);
		const [another] = await groups(other);
		await expect(mergePhrase(one?.id ?? '', another?.id ?? '')).rejects.toThrow(
			/different topics or languages/
		);
		await expect(renamePhrase('p9-9', 'x')).rejects.toThrow('No phrase group has the id p9-9.');
		await expect(renamePhrase('nine', 'x')).rejects.toThrow('“nine” is not the id');
		await expect(renamePhrase(one?.id ?? '', 'x'.repeat(81))).rejects.toThrow(/80 characters/);
	});
});

describe('personal data', () => {
	const planted = [
		'jane.doe@example.com',
		'4111 1111 1111 1111',
		'DE89 3704 0044 0532 0130 00',
		'+49 170 1234567'
	];

	it('is masked in examples and labels, and stands in no stored model or group', async () => {
		const questions = questionsOf('parcel', 40).map(
			(question, at) => `${question} ${planted[at % planted.length] ?? ''}`
		);
		await store.importRows('a', handoffsOf('a', questions));
		await groupQuestions();
		const shown = JSON.stringify(await readPhraseGroups(ever, { examples: 10 }));
		expect(shown).toMatch(/‹(mail|card|iban|phone)›/);
		const stored = await withConnection((connection) =>
			connection.runAndReadAll(
				'select body from phrase_models union all select label from phrase_groups'
			)
		);
		const all = shown + JSON.stringify(stored.getRows());
		for (const secret of [...planted, 'jane', '4111', '3704', '1234567'])
			expect(all).not.toContain(secret);
	});
});

describe('labels of before', () => {
	const personal = 'anna gmail dot';
	const change = (sql: string) => withStore(({ connection }) => connection.run(sql));
	const groupsOf = () =>
		withConnection((connection) =>
			connection.runAndReadAll('select n, label from phrase_groups order by model, n')
		).then((found) => found.getRows());

	it('are made anew once where they say what masking hides today; others and names stay', async () => {
		const asked = [
			...questionsOf('parcel', 40).map((text) => `${text} anna at gmail dot com`),
			...questionsOf('invoice', 40)
		];
		await store.importRows('a', handoffsOf('a', asked));
		await groupQuestions();
		const fresh = await groupsOf();
		const placed = await members();
		const n = placed.find(({ handoff_id }) => handoff_id === 'a-0')?.n ?? 0;
		const own = placed.find(({ handoff_id }) => handoff_id === 'a-40')?.n ?? 0;
		await renamePhrase(`p1-${n}`, 'Anna');
		// As a store made before the rules: one label is personal, another good but no longer the first choice.
		await change(
			`update phrase_groups set label = '${personal}' where n = ${n};
			update phrase_groups set label = 'invoice copy' where n = ${own};
			update phrase_models set mask = null`
		);
		await groupQuestions();
		const labelled = new Map((await groupsOf()).map(([of, label]) => [of, label]));
		expect(labelled.get(n)).toBe(fresh.find(([of]) => of === n)?.[1]);
		expect(labelled.get(own)).toBe('invoice copy');
		expect((await readGroupEntries()).find((entry) => entry.n === n)?.name).toBe('Anna');
		await change(`update phrase_groups set label = '${personal} 48213377' where n = ${n}`);
		const shown = await readGroupEntries();
		expect(shown.find((entry) => entry.n === n)?.label).toMatch(/^anna gmail dot ‹[a-z]+›$/);
		await groupQuestions();
		expect((await groupsOf()).find(([of]) => of === n)?.[1]).toContain(personal);
	});
});

describe('the sample', () => {
	it('goes with its models when a real log comes, and their numbers are not given again', async () => {
		await store.importSample(smallSample);
		await groupQuestions();
		const last = Math.max(...(await readGroupEntries()).map(({ model }) => model));
		await store.importRows('real', handoffsOf('a', questionsOf('parcel', 40)));
		expect(await members()).toEqual([]);
		expect(await readGroupEntries()).toEqual([]);
		await groupQuestions();
		expect((await groups()).map(({ id }) => id)).toEqual([`p${last + 1}-1`]);
	});
});
