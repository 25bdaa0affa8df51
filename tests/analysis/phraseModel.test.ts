import { describe, expect, it } from 'vitest';
import { vectoriser, vocabularyOf } from '../../src/lib/analysis/phrases/tfidf.ts';
import { phraseGroups } from '../../src/lib/analysis/phrases/phraseGroups.ts';
import {
	accept,
	assigner,
	currentGroup,
	merge,
	rename,
	type PhraseModel
} from '../../src/lib/analysis/phrases/phraseModel.ts';
import { prepared, proposeGroups } from '../../src/lib/analysis/phrases/proposals.ts';
import { startModel, startModels } from '../../src/lib/analysis/phrases/startModel.ts';
import { updateModel } from '../../src/lib/analysis/phrases/updateModel.ts';

/** Questions of plainly different matters, each said in several ways. */
const ways = (matter: string, count: number) =>
	Array.from(
		{ length: count },
		(_, way) =>
			[
				`${matter} please`,
				`hello, ${matter}?`,
				`${matter} since monday`,
				`help: ${matter} again`
			][way % 4]
	).map((text, way) => `${text}${'!'.repeat(Math.floor(way / 4))}`);
const refunds = ways('my refund has not arrived', 12);
const passwords = ways('password reset link broken', 12);
const parcels = ways('track lost parcel delivery', 12);
const drones = ways('drone propeller wobbles mid-flight', 6);

function started(questions: string[]): { model: PhraseModel; groups: (string | null)[] } {
	const start = startModel('en', questions);
	if (start.tooFew) throw new Error(`too few: ${start.questions}`);
	return { model: start.model, groups: start.assigned.map((one) => one?.group ?? null) };
}
const all = [...refunds, ...passwords, ...parcels];
const one = (model: PhraseModel, question: string) => assigner(model)(prepared(question))?.group;
const groupFor = (model: PhraseModel, question: string) => {
	const found = one(model, question);
	if (!found) throw new Error(`"${question}" has no group`);
	return found;
};

describe('phraseGroups', () => {
	const vectorsOf = (texts: string[]) =>
		texts.map(vectoriser(vocabularyOf(texts, { range: [3, 5], words: false })));

	it('finds matters that differ plainly, numbered by falling size', () => {
		const texts = [...refunds.slice(0, 5), ...passwords.slice(0, 7), ...parcels.slice(0, 6)];
		expect(Array.from(phraseGroups(vectorsOf(texts)))).toEqual([
			...refunds.slice(0, 5).map(() => 2),
			...passwords.slice(0, 7).map(() => 0),
			...parcels.slice(0, 6).map(() => 1)
		]);
	});

	it('has no group of fewer than five, with or without passes', () => {
		const texts = [...refunds.slice(0, 4), ...passwords.slice(0, 5)];
		for (const passes of [0, 5])
			expect(
				Array.from(phraseGroups(vectorsOf(texts), { cut: 0.3, passes, near: 0.3 }))
			).toEqual([-1, -1, -1, -1, 0, 0, 0, 0, 0]);
	});

	it('has none for nothing, and none for questions without a known term', () => {
		expect(phraseGroups([])).toHaveLength(0);
		expect(Array.from(phraseGroups(vectorsOf(['ab', 'cd', 'ef', 'gh', 'ij'])))).toEqual([
			-1, -1, -1, -1, -1
		]);
	});
});

describe('startModel', () => {
	it('under 30 questions with words says too few, and how many there are', () => {
		const few = all.slice(0, 29);
		expect(startModel('en', [...few, '??', '', 'x@y.example'])).toEqual({
			tooFew: true,
			questions: 29
		});
		expect(startModel('en', all.slice(0, 30)).tooFew).toBe(false);
	});

	it('puts each matter in one group of its own, and names it', () => {
		const { model, groups } = started(all);
		expect(model.groups).toHaveLength(3);
		expect(new Set(groups.slice(0, 12)).size).toBe(1);
		expect(new Set(groups).size).toBe(3);
		const labels = model.groups.map(({ label }) => label).join('; ');
		expect(labels).toMatch(/refund/u);
		expect(labels).toMatch(/password/u);
		expect(labels).toMatch(/parcel/u);
	});

	it('is the same whatever order the questions come in', () => {
		const turned = [...all].reverse();
		expect(started(turned).model).toEqual(started(all).model);
		expect(started(turned).groups.reverse()).toEqual(started(all).groups);
	});

	it('of more questions than can be grouped at once it groups an even sample and assigns the rest', () => {
		const many = [...refunds, ...passwords, ...parcels, ...drones];
		const start = startModel('en', many, { sample: 24 });
		if (start.tooFew) throw new Error('too few');
		const groups = start.assigned.map((found) => found?.group ?? null);
		for (const [from, to] of [
			[0, 12],
			[12, 24],
			[24, 36]
		])
			expect(new Set(groups.slice(from, to)).size).toBe(1);
		expect(new Set(groups.slice(0, 36)).size).toBe(3);
		// The rare matter had too few in the sample: it is found among those left over.
		expect(new Set(groups.slice(36)).size).toBe(1);
		expect(groups[36]).not.toBeNull();
		expect(groups.indexOf(groups[36] ?? null)).toBe(36);
	});

	it('keeps languages apart, and questions without one too', () => {
		const rows = [
			...all.map((question) => ({ language: 'en', question })),
			...all.map((question) => ({ language: null, question })),
			{ language: 'de', question: 'Wo ist mein Paket?' }
		];
		const models = startModels(rows);
		expect([...models.keys()]).toEqual(['en', null, 'de']);
		expect(models.get('de')).toEqual({ tooFew: true, questions: 1 });
		const [english, unknown] = [models.get('en'), models.get(null)];
		if (!english || english.tooFew || !unknown || unknown.tooFew) throw new Error('too few');
		expect(english.model.language).toBe('en');
		expect(unknown.model).toEqual({ ...english.model, language: null });
	});

	it('reads questions without blanks and with emoji', () => {
		const questions = [
			...Array.from({ length: 15 }, (_, way) => `我的退款在哪里${'呢'.repeat(way % 3)}`),
			...Array.from({ length: 15 }, (_, way) => `无法登录账户密码${'😡'.repeat(way % 3)}`)
		];
		const { groups } = started(questions);
		expect(new Set(groups.slice(0, 15)).size).toBe(1);
		expect(new Set(groups).size).toBe(2);
	});
});

describe('a phrase model', () => {
	const { model } = started(all);
	const [refund, password, parcel] = [refunds, passwords, parcels].map((own) =>
		groupFor(model, own[0] ?? '')
	) as [string, string, string];

	it('is stored as JSON and means the same when it is read again', () => {
		const read = JSON.parse(JSON.stringify(model)) as PhraseModel;
		expect(read).toEqual(model);
		expect(updateModel(read, all)).toEqual(updateModel(model, all));
	});

	it('assigns new questions to the group of their matter, and what it does not know to none', () => {
		expect(one(model, 'has my refund arrived yet')).toBe(refund);
		expect(one(model, 'the link to reset a password is broken')).toBe(password);
		expect(one(model, 'drone propeller wobbles')).toBeUndefined();
		expect(one(model, '')).toBeUndefined();
	});

	it('proposes a new matter from five questions on, and changes nothing by itself', () => {
		const before = JSON.stringify(model);
		expect(updateModel(model, [...refunds, ...drones.slice(0, 4)]).proposals).toEqual([]);
		const { assigned, proposals } = updateModel(model, [
			...refunds.slice(0, 3),
			...drones,
			'??'
		]);
		expect(assigned.slice(0, 3).map((found) => found?.group)).toEqual([refund, refund, refund]);
		expect(proposals.map(({ members }) => members)).toEqual([[3, 4, 5, 6, 7, 8]]);
		expect(proposals[0]?.label).toMatch(/drone|propeller/u);
		expect(JSON.stringify(model)).toBe(before);
	});

	it('an accepted proposal draws its questions from then on; the other groups keep theirs', () => {
		const [proposal] = updateModel(model, drones).proposals;
		if (!proposal) throw new Error('nothing proposed');
		const grown = accept(model, proposal);
		const added = one(grown, 'propeller of the drone wobbles');
		expect(added).toBeDefined();
		expect(model.groups.map(({ id }) => id)).not.toContain(added);
		for (const question of all) expect(one(grown, question)).toBe(one(model, question));
		expect(updateModel(grown, drones).proposals).toEqual([]);
	});

	it('two proposals of different weeks can be accepted in either order', () => {
		const [first] = updateModel(model, drones).proposals;
		const [second] = updateModel(model, ways('gift voucher code rejected', 6)).proposals;
		if (!first || !second) throw new Error('nothing proposed');
		for (const grown of [
			accept(accept(model, first), second),
			accept(accept(model, second), first)
		]) {
			const ids = [drones[0] ?? '', 'gift voucher code rejected'].map((text) =>
				groupFor(grown, text)
			);
			expect(new Set([...ids, refund, password, parcel]).size).toBe(5);
		}
	});

	it('a name survives what comes later, and can be taken away again', () => {
		const named = rename(model, refund, '  Late refunds ');
		const [proposal] = updateModel(named, drones).proposals;
		if (!proposal) throw new Error('nothing proposed');
		const later = accept(named, proposal);
		expect(later.groups.find(({ id }) => id === refund)?.name).toBe('Late refunds');
		expect(later.groups.find(({ id }) => id === refund)?.label).toBe(
			model.groups.find(({ id }) => id === refund)?.label
		);
		expect(rename(later, refund, ' ').groups.find(({ id }) => id === refund)?.name).toBeNull();
	});

	it('a merged group keeps drawing the questions of both', () => {
		const merged = merge(rename(model, refund, 'Refunds'), refund, parcel);
		expect(merged.groups.map(({ id }) => id)).not.toContain(refund);
		for (const question of [...refunds, ...parcels]) expect(one(merged, question)).toBe(parcel);
		for (const question of passwords) expect(one(merged, question)).toBe(password);
		expect(currentGroup(merged, refund)).toBe(parcel);
		expect(merged.groups.find(({ id }) => id === parcel)?.name).toBe('Refunds');
	});

	it('merges of merges lead to the group that is left, by any id', () => {
		const merged = merge(merge(model, refund, parcel), parcel, password);
		for (const id of [refund, parcel, password])
			expect(currentGroup(merged, id)).toBe(password);
		expect(rename(merged, refund, 'Everything').groups[0]?.name).toBe('Everything');
		const [proposal] = updateModel(merged, drones).proposals;
		if (!proposal) throw new Error('nothing proposed');
		expect([refund, parcel, password]).not.toContain(accept(merged, proposal).groups[1]?.id);
	});

	it('unknown groups, and a group with itself, are refused by name', () => {
		expect(() => rename(model, 'g99', 'x')).toThrow('There is no phrase group g99.');
		expect(() => merge(model, refund, refund)).toThrow('are one');
		expect(currentGroup(model, 'constructor')).toBeNull();
	});

	it('proposals do not depend on the order of the questions', () => {
		const found = proposeGroups(model, drones).proposals[0];
		const turned = proposeGroups(model, [...drones].reverse()).proposals[0];
		expect(turned?.centre).toEqual(found?.centre);
		expect(turned?.label).toBe(found?.label);
	});
});
