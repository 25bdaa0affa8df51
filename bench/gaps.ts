/**
 * Measures how gaps are found: npx tsx bench/gaps.ts [logs] (50). Makes sample logs without effects,
 * each with a seed of its own, and looks at each of their weeks as the page Gaps would. First as they
 * are: how often a topic is newly named where nothing has changed. Then with a gap planted: of the
 * conversations of one topic, so many more a week fail; it prints the share found by week after onset
 * and the rank of the topic then.
 */
import { expectedCounts } from '../src/lib/analysis/expectedCounts.ts';
import { savingOf } from '../src/lib/server/gaps/gapCost.ts';
import { findGaps, type Cell, type Found } from '../src/lib/server/gaps/gapCounts.ts';
import { chance } from './chance.ts';
import { byTopic, mondays, sampleCounts, weeks, type TopicCount as Count } from './sampleCounts.ts';

const logs = Number(process.argv[2] ?? 50);
if (!(Number.isInteger(logs) && logs > 0)) {
	console.error(`${process.argv[2]} is not a number of logs, such as 50.`);
	process.exit(2);
}

/** As the page: 13 weeks where nothing is chosen, trends of 30. */
const period = 13;
const shown = 30;
/** Looks at weeks before it have little to hold them against. */
const firstLook = 12;

/** What the page names at the end of a week, most worth fixing first. */
function lookAt(counts: readonly Count[], week: number): Found[] {
	const from = Math.max(0, week + 1 - shown);
	const cells = counts
		.filter((one) => one.week >= from && one.week <= week)
		.map((one): Cell => ({
			...one,
			week: mondays[one.week] ?? '',
			isInPeriod: one.week > week - period
		}));
	return findGaps(cells, mondays.slice(from, week + 1))
		.found.filter(isNamed)
		.sort((a, b) => savingOf(b, null) - savingOf(a, null));
}

const isNamed = ({ excess, emerging }: Found) => (excess?.isGap ?? false) || emerging !== null;

/** As many more of a topic's conversations fail, from a week on; spread over channels as they come. */
function planted(counts: readonly Count[], { topic, onset, size, ramp, seed }: Planting): Count[] {
	const draw = chance(seed);
	const volumeOf = (week: number) =>
		counts
			.filter((one) => one.key === topic && one.week === week)
			.reduce((sum, { volume }) => sum + volume, 0);
	const volumes = mondays.map((_, week) => volumeOf(week));
	return counts.map((one) => {
		if (one.key !== topic || one.week < onset) return one;
		const grown = Math.min(1, (one.week - onset + 1) / ramp);
		const more = draw((size * grown * one.volume) / (volumes[one.week] ?? 1));
		return { ...one, failures: one.failures + more };
	});
}

type Planting = { topic: string; onset: number; size: number; ramp: number; seed: number };

const all: Count[][] = [];
for (let seed = 1; seed <= logs; seed++) all.push(byTopic(sampleCounts(seed).talks));
const topics = [...new Set(all.flatMap((counts) => counts.map(({ key }) => key)))];

/** Topics of the shop that fail more than the others by their nature, as all logs together tell. */
const isWorse = new Map(
	expectedCounts(
		all.flat().map(({ key, channel, volume, failures }) => ({
			topic: key,
			stratum: channel,
			population: volume,
			events: failures
		}))
	).map(({ topic, observed, expected }) => [topic, observed > (expected ?? 0)])
);

/** Topics newly named, each once until it is no longer named; without those that are worse. */
const alarms = { gap: 0, all: 0, emerging: 0, topicWeeks: 0, worse: 0, worseWeeks: 0 };
for (const counts of all) {
	let before = { gap: new Set<string>(), emerging: new Set<string>() };
	for (let week = firstLook; week < weeks; week++) {
		const named = lookAt(counts, week);
		const now = {
			gap: new Set(named.filter(({ excess }) => excess?.isGap).map(({ key }) => key)),
			emerging: new Set(named.filter(({ emerging }) => emerging).map(({ key }) => key))
		};
		for (const topic of topics) {
			if (isWorse.get(topic)) {
				alarms.worseWeeks++;
				if (now.gap.has(topic)) alarms.worse++;
			}
			if (week === firstLook) continue;
			if (now.emerging.has(topic) && !before.emerging.has(topic)) alarms.emerging++;
			const isNew = now.gap.has(topic) && !before.gap.has(topic);
			if (isNew) alarms.all++;
			if (isWorse.get(topic)) continue;
			alarms.topicWeeks++;
			if (isNew) alarms.gap++;
		}
		before = now;
	}
}
const looked = all.length * topics.length * (weeks - firstLook - 1);
const each = (count: number, of: number) =>
	`${((count / of) * topics.length * 26).toFixed(2)} (${(count / of).toFixed(5)} a topic and week)`;
console.log(`${String(logs)} logs of ${String(weeks)} weeks and 12 topics, nothing planted`);
console.log('false alarms per 12 topics and 26 weeks:');
console.log(`  newly emerging:                       ${each(alarms.emerging, looked)}`);
console.log(`  newly a gap, of topics no worse:      ${each(alarms.gap, alarms.topicWeeks)}`);
console.log(`  newly a gap, of all topics:           ${each(alarms.all, looked)}`);
console.log(
	`topics that are worse by nature (${[...isWorse].filter(([, worse]) => worse).length} of 12) are named in ${((100 * alarms.worse) / alarms.worseWeeks).toFixed(1)} % of their weeks`
);

const after = [1, 2, 3, 4, 6, 8];
console.log(`\nfound by week after onset, of 100 · rank then`);
console.log(`topic  size  growth   ${after.map((n) => `${String(n)} wk`.padStart(13)).join('')}`);
for (const volume of [50, 100, 200])
	for (const size of [5, 10, 15, 25])
		for (const ramp of [1, 6]) {
			const found = after.map(() => 0);
			const ranks = after.map(() => [] as number[]);
			let tried = 0;
			for (const [at, counts] of all.entries()) {
				const onset = 20 + (at % 8);
				const topic = topicOf(counts, volume, onset);
				// What is named already cannot be found.
				if (topic === null) continue;
				tried++;
				const seed = (at + 0.5) / (logs + 1);
				const log = planted(counts, { topic, onset, size, ramp, seed });
				let seen = false;
				for (let week = onset; week < onset + (after.at(-1) ?? 0); week++) {
					const named = lookAt(log, week);
					const rank = named.findIndex(({ key }) => key === topic);
					seen ||= rank >= 0;
					const place = after.indexOf(week - onset + 1);
					if (place < 0) continue;
					if (seen) found[place] = (found[place] ?? 0) + 1;
					if (rank >= 0) ranks[place]?.push(rank + 1);
				}
			}
			const cells = after.map((_, place) => {
				const share = ((100 * (found[place] ?? 0)) / tried).toFixed(0);
				const sorted = (ranks[place] ?? []).sort((a, b) => a - b);
				const middle = sorted[Math.floor(sorted.length / 2)];
				return `${share} · ${middle === undefined ? '–' : String(middle)}`.padStart(13);
			});
			const growth = ramp === 1 ? 'at once ' : `in ${String(ramp)} wk `;
			console.log(
				`${String(volume).padStart(5)}  ${String(size).padStart(4)}  ${growth}${cells.join('')}   (${String(tried)} logs)`
			);
		}

/** The topic nearest to a weekly volume that is not named in the weeks before; null where all are. */
function topicOf(counts: readonly Count[], volume: number, onset: number): string | null {
	const named = new Set(
		[onset - 2, onset - 1].flatMap((week) => lookAt(counts, week).map(({ key }) => key))
	);
	const weeklyOf = (topic: string) =>
		counts
			.filter(({ key, week }) => key === topic && week < onset)
			.reduce((sum, one) => sum + one.volume, 0) / onset;
	const away = (topic: string) => Math.abs(Math.log(weeklyOf(topic) / volume));
	const [nearest] = [...new Set(counts.map(({ key }) => key))]
		.filter((topic) => !named.has(topic))
		.sort((a, b) => away(a) - away(b));
	return nearest !== undefined && away(nearest) < Math.log(1.6) ? nearest : null;
}
