/**
 * Measures phrase groups on questions with known intents: npx tsx bench/phrases.ts [folder]
 * (../shared/data/banking77, with train.csv and test.csv: text, category). Draws 20 mixtures of 8
 * intents of uneven size. The choices are swept on the training questions, the result is printed for
 * the test questions, beside k-means that is told the true number of intents. Then how questions
 * that come later are assigned, and how long it takes.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvParse } from 'd3-dsv';
import { randomLcg } from 'd3-random';
import { partitionAgreement } from '../src/lib/analysis/phrases/partitionAgreement.ts';
import { assigner, sureEnough } from '../src/lib/analysis/phrases/phraseModel.ts';
import { phraseGroups, pick, type GroupOptions } from '../src/lib/analysis/phrases/phraseGroups.ts';
import { defaultTerms, prepared } from '../src/lib/analysis/phrases/proposals.ts';
import { startModel } from '../src/lib/analysis/phrases/startModel.ts';
import type { TermOptions } from '../src/lib/analysis/phrases/terms.ts';
import { vectoriser, vocabularyOf } from '../src/lib/analysis/phrases/tfidf.ts';
import { updateModel } from '../src/lib/analysis/phrases/updateModel.ts';
import { sphericalKMeans } from './sphericalKMeans.ts';

const folder = process.argv[2] ?? '../shared/data/banking77';
if (!existsSync(join(folder, 'train.csv'))) {
	console.error(`${folder} has no train.csv: give a folder with train.csv and test.csv.`);
	process.exit(2);
}

type Draw = { texts: string[]; intents: number[] };
type Score = Record<'nmi' | 'ari' | 'purity' | 'coverage' | 'groups', number>;

const sizes = [40, 32, 25, 20, 16, 12, 10, 8];
const draws = 20;
const intentsOf = (name: string) => {
	const intents = new Map<string, string[]>();
	for (const { text, category } of csvParse(readFileSync(join(folder, name), 'utf8')))
		intents.set(category ?? '', [...(intents.get(category ?? '') ?? []), prepared(text ?? '')]);
	return intents;
};
const train = intentsOf('train.csv');
const test = intentsOf('test.csv');

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
	const mixed = [...items];
	for (let place = mixed.length - 1; place > 0; place--) {
		const other = Math.floor(random() * (place + 1));
		[mixed[place], mixed[other]] = [mixed[other] as Item, mixed[place] as Item];
	}
	return mixed;
}

/** Questions of eight intents, as many as `counts` says, from `skip` on; `from` picks other intents. */
function drawn(
	intents: Map<string, string[]>,
	seed: number,
	counts: readonly number[],
	{ skip = 0, from = 0 } = {}
): Draw {
	const random = randomLcg(seed / 100);
	const names = shuffled([...intents.keys()].sort(), random).slice(from, from + counts.length);
	const rows = names.flatMap((name, intent) =>
		shuffled(intents.get(name) ?? [], randomLcg((seed + 1) / 1000))
			.slice(skip, skip + (counts[intent] ?? 0))
			.map((text) => ({ text, intent }))
	);
	const mixed = shuffled(rows, random);
	return { texts: mixed.map(({ text }) => text), intents: mixed.map(({ intent }) => intent) };
}

const seeds = Array.from({ length: draws }, (_, draw) => draw + 1);
const mixtures = (intents: Map<string, string[]>, scale = 1) =>
	seeds.map((seed) =>
		drawn(
			intents,
			seed,
			sizes.map((size) => Math.round(size * scale))
		)
	);

/** Purity over grouped questions; NMI and ARI over all, each question outside standing for itself. */
function scored(intents: readonly number[], groups: readonly number[]): Score {
	const inside = groups.flatMap((group, item) => (group >= 0 ? [item] : []));
	const alone = groups.map((group, item) => (group >= 0 ? group : groups.length + item));
	const { nmi, ari } = partitionAgreement(intents, alone);
	const { purity } = partitionAgreement(pick(intents, inside), pick(groups, inside));
	return {
		nmi,
		ari,
		purity,
		coverage: inside.length / groups.length,
		groups: new Set(pick(groups, inside)).size
	};
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`.padStart(8);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function print(name: string, of: readonly Draw[], group: (draw: Draw) => number[]): void {
	const scores = of.map((draw) => scored(draw.intents, group(draw)));
	const average = (key: keyof Score) => mean(scores.map((score) => score[key]));
	const shares = (['nmi', 'ari', 'purity', 'coverage'] as const).map((key) =>
		percent(average(key))
	);
	console.log(
		`${name.padEnd(34)}${shares.join(' ')}  ${average('groups').toFixed(1).padStart(6)}`
	);
}

const heading = (title: string) =>
	console.log(`\n${title}\n${''.padEnd(34)}     NMI      ARI   purity coverage   groups`);
const vectorsOf = (texts: readonly string[], terms: TermOptions = defaultTerms) =>
	texts.map(vectoriser(vocabularyOf(texts, terms)));
const grouped = (options: Partial<GroupOptions>, terms?: TermOptions) => (draw: Draw) =>
	Array.from(phraseGroups(vectorsOf(draw.texts, terms), options));
const rival = ({ texts }: Draw) => sphericalKMeans(vectorsOf(texts), sizes.length);

const trained = mixtures(train);
heading('Training questions: characters and cut, linkage alone');
for (const range of [
	[2, 4],
	[3, 4],
	[3, 5],
	[3, 6],
	[4, 5]
] as const)
	for (const cut of [0.08, 0.1, 0.12, 0.15])
		print(
			`${range.join('–')}, cut ${cut}`,
			trained,
			grouped({ cut, passes: 0 }, { range, words: false })
		);
heading('Training questions: with whole words, linkage alone');
for (const cut of [0.08, 0.1, 0.12, 0.15])
	print(
		`3–5 and words, cut ${cut}`,
		trained,
		grouped({ cut, passes: 0 }, { range: [3, 5], words: true })
	);
heading('Training questions: 3–5, then moved to the nearest centre');
for (const cut of [0.08, 0.1, 0.12])
	for (const near of [0.15, 0.2, 0.25, 0.3])
		print(`cut ${cut}, near ${near}`, trained, grouped({ cut, near }));
for (const scale of [0.4, 2.5]) {
	heading(`Training questions, draws of ${scale} times the size`);
	const others = mixtures(train, scale);
	print('linkage alone, cut 0.1', others, grouped({ passes: 0 }));
	print('default', others, grouped({}));
	print('k-means, true number', others, rival);
}

heading('Test questions');
const tested = mixtures(test);
print('linkage alone, cut 0.1', tested, grouped({ passes: 0 }));
print('default', tested, grouped({}));
print('k-means, true number', tested, rival);

console.log('\nQuestions that come later: of the same intents, and of eight others');
console.log('                          same assigned   of these right   others taken in');
const later = (intents: Map<string, string[]>, sure: number) => {
	const shares = seeds.map((seed) => {
		const half = sizes.map((size) => Math.ceil(size / 2));
		const first = drawn(intents, seed, half);
		const start = startModel('en', first.texts);
		if (start.tooFew) throw new Error(`a draw has ${start.questions} questions`);
		const commonest = new Map<string, number>();
		for (const { id } of start.model.groups) {
			const own = first.intents.filter((_, item) => start.assigned[item]?.group === id);
			const counts = sizes.map((_, intent) => own.filter((one) => one === intent).length);
			commonest.set(id, counts.indexOf(Math.max(...counts)));
		}
		const assign = assigner(start.model, sure);
		const same = drawn(
			intents,
			seed,
			sizes.map((size) => Math.floor(size / 2)),
			{ skip: 20 }
		);
		const found = same.texts.map(assign);
		const known = found.flatMap((one, item) =>
			one ? [commonest.get(one.group) === same.intents[item] ? 1 : 0] : []
		);
		const others = drawn(intents, seed, half, { from: sizes.length });
		return {
			assigned: known.length / found.length,
			right: mean(known),
			taken: mean(others.texts.map((text) => (assign(text) ? 1 : 0))),
			proposed: scored(others.intents, proposedGroups(start.model, others.texts, sure))
		};
	});
	const all = (key: 'assigned' | 'right' | 'taken') =>
		percent(mean(shares.map((share) => share[key]))).padStart(17);
	const proposed = (key: keyof Score) => mean(shares.map((share) => share.proposed[key]));
	console.log(
		`  sure ${sure}`.padEnd(24) +
			all('assigned') +
			all('right') +
			all('taken') +
			`   proposed ${proposed('groups').toFixed(1)} groups, purity${percent(proposed('purity'))}`
	);
};
function proposedGroups(
	model: Parameters<typeof updateModel>[0],
	texts: string[],
	sure: number
): number[] {
	const groups = texts.map(() => -1);
	updateModel(model, texts, { sure }).proposals.forEach(({ members }, group) =>
		members.forEach((member) => (groups[member] = group))
	);
	return groups;
}
console.log('Training');
for (const sure of [0.15, 0.2, 0.25, 0.3, 0.35]) later(train, sure);
console.log('Test');
later(test, sureEnough);

console.log('\nTime and size');
const everything = shuffled([...train.values(), ...test.values()].flat(), randomLcg(0.5));
for (const n of [1000, 3000, 100_000]) {
	// Beyond what there is, two questions make a new one.
	const texts = Array.from({ length: n }, (_, item) =>
		item < everything.length
			? (everything[item] as string)
			: `${everything[item % everything.length]} ${everything[(item * 7) % everything.length]}`
	);
	const before = process.cpuUsage();
	const start = startModel('en', texts);
	const seconds = process.cpuUsage(before).user / 1e6;
	if (start.tooFew) throw new Error('too few questions to time');
	const inside = start.assigned.filter((one) => one !== null).length / n;
	const bytes = JSON.stringify(start.model).length;
	console.log(
		`${String(n).padStart(7)} questions: ${seconds.toFixed(1)} s of processor time, ${start.model.groups.length} groups with${percent(inside)}, model ${(bytes / 1024).toFixed(0)} KB, process ${(process.memoryUsage().rss / 1024 / 1024).toFixed(0)} MB`
	);
}
