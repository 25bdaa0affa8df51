/**
 * Measures how phrase groups are found: npx tsx bench/phraseGrowth.ts [logs] (10). In the logs of
 * bench/gaps.ts, what a customer asks about stands for a phrase group: three in each of 36 topics and
 * languages. Nine in ten questions are in their group, a group is there from its fifth question on,
 * and each week is looked at as the page Gaps would. First as they are: how often a group is newly
 * named. Then one group has so many more failures a week, a new one or one on top of what it had: it
 * prints the share found by week after onset.
 */
import type { PhraseCount } from '../src/lib/phrases.ts';
import type { FixWeekRow } from '../src/lib/server/fixes/fixWeeks.ts';
import { findGaps } from '../src/lib/server/gaps/gapCounts.ts';
import { groupCounts } from '../src/lib/server/gaps/groupCounts.ts';
import { exposuresOf } from '../src/lib/server/gaps/phraseExposure.ts';
import { judgeGroups } from '../src/lib/server/gaps/phraseGrowth.ts';
import { chance } from './chance.ts';
import { byTopic, mondays, sampleCounts, weeks, type Asked, type Talks } from './sampleCounts.ts';

const logs = Number(process.argv[2] ?? 10);
if (!(Number.isInteger(logs) && logs > 0)) {
	console.error(`${process.argv[2]} is not a number of logs, such as 10.`);
	process.exit(2);
}

/** As the page: 13 weeks where nothing is chosen, trends of 30. */
const period = 13;
const shown = 30;
/** Looks at weeks before it have little to hold them against. */
const firstLook = 12;
const inGroup = 0.9;
/** Questions that make a group. */
const leastQuestions = 5;

/** A week of a log: conversations and questions by topic, language and channel. */
type Log = { talks: FixWeekRow[]; asked: PhraseCount[] }[];

const keyOf = ({ topic, language, subtopic }: Pick<Asked, 'topic' | 'language' | 'subtopic'>) =>
	[topic, language, subtopic].join(' · ');

/** Questions in no group are beside those that are. */
function logOf({ talks, asked }: { talks: Talks[]; asked: Asked[] }, seed: number): Log {
	const draw = chance(seed);
	/** Of a few, one tenth in none. */
	const outside = (count: number) => Math.min(count, draw((1 - inGroup) * count));
	const log: Log = mondays.map(() => ({ talks: [], asked: [] }));
	for (const { week, ...cell } of talks)
		log[week]?.talks.push({ ...cell, week: mondays[week] ?? '' });
	for (const { week, subtopic, routed, failures, ...cell } of asked) {
		const none = outside(failures);
		const others = outside(routed - failures);
		const row = { ...cell, week: mondays[week] ?? '' };
		const group = keyOf({ ...cell, subtopic });
		log[week]?.asked.push(
			{ ...row, group, ...counted(failures - none, routed - failures - others) },
			{ ...row, group: null, ...counted(none, others) }
		);
	}
	return log;
}

const counted = (failures: number, others: number) => ({
	questions: failures + others,
	routed: failures + others,
	failures
});

type Named = { key: string; isEmerging: boolean };

/** Groups that the page names at the end of a week. */
function lookAt(log: Log, week: number): Named[] {
	const from = Math.max(0, week + 1 - shown);
	const seen = mondays.slice(from, week + 1);
	const first = Math.max(from, week + 1 - period);
	const ever = log.slice(from, week + 1);
	const recent = log.slice(first, week + 1);
	const talks = ever.flatMap((one) => one.talks);
	const found = findGaps(
		byTopic(
			talks.map((row) => ({
				...row,
				topic: row.topic ?? '',
				language: row.language ?? '',
				channel: row.channel ?? '',
				week: mondays.indexOf(row.week)
			}))
		).map((one) => ({ ...one, week: mondays[one.week] ?? '', isInPeriod: one.week >= first })),
		seen
	).found;
	const within = new Set(
		found
			.filter(({ excess, emerging }) => (excess?.isMore ?? false) || emerging !== null)
			.map(({ key }) => key)
	);
	const sizes = new Map<string, number>();
	for (const { asked } of log.slice(0, week + 1))
		for (const { group, questions } of asked)
			if (group) sizes.set(group, (sizes.get(group) ?? 0) + questions);
	const grouped = (some: Log) =>
		some.flatMap(({ asked }) =>
			asked.map((row) =>
				row.group && (sizes.get(row.group) ?? 0) < leastQuestions
					? { ...row, group: null }
					: row
			)
		);
	const [asked, askedEver] = [grouped(recent), grouped(ever)];
	const exposures = exposuresOf({
		weeks: seen,
		period: recent.flatMap((one) => one.talks),
		ever: talks,
		asked: askedEver
	});
	const groups = groupCounts(
		{ volumes: asked, failures: asked, volumesEver: askedEver, failuresEver: askedEver },
		seen
	);
	return judgeGroups(groups, exposures, seen).flatMap(({ key, excess, emerging, grown }) => {
		const isGroup = sizes.has(key);
		const [topic = ''] = key.split(' · ');
		const isGap = (excess?.isGap ?? false) && (grown || within.has(topic));
		return isGroup && (isGap || emerging) ? [{ key, isEmerging: emerging !== null }] : [];
	});
}

type Planting = { onset: number; size: number; ramp: number; group: string; seed: number };

const [topic, language] = ['Account access', 'de'];

/** So many more failures of a group a week, out of as many conversations. */
function planted(log: Log, { onset, size, ramp, group, seed }: Planting): Log {
	const draw = chance(seed);
	return log.map(({ talks, asked }, week) => {
		if (week < onset) return { talks, asked };
		const grown = (size * Math.min(1, (week - onset + 1) / ramp)) / inGroup;
		const own = talks.filter((row) => row.topic === topic && row.language === language);
		const all = own.reduce((sum, { conversations }) => sum + conversations, 0);
		const more = new Map(
			own.map((row) => [row, draw((grown * row.conversations) / Math.max(1, all))])
		);
		return {
			talks: talks.map((row) => {
				const failures = more.get(row) ?? 0;
				return {
					...row,
					routed: row.routed + failures,
					failures: row.failures + failures
				};
			}),
			asked: [
				...asked,
				...[...more].flatMap(([{ channel, week }, failures]) => {
					const none = Math.min(failures, draw((1 - inGroup) * failures));
					const row = { topic, language, channel, week };
					return [
						{ ...row, group, ...counted(failures - none, 0) },
						{ ...row, group: null, ...counted(none, 0) }
					];
				})
			]
		};
	});
}

const all = Array.from({ length: logs }, (_, at) =>
	logOf(sampleCounts(at + 1), (at + 0.5) / (logs + 1))
);
const average = (of: (row: FixWeekRow) => number) =>
	all
		.flat()
		.flatMap(({ talks }) => talks)
		.filter((row) => row.topic === topic && row.language === language)
		.reduce((sum, row) => sum + of(row), 0) /
	(logs * weeks);

const alarms = { gap: 0, emerging: 0, looks: 0 };
for (const log of all) {
	let before: { gap: Set<string>; emerging: Set<string> } | null = null;
	for (let week = firstLook; week < weeks; week++) {
		const named = lookAt(log, week);
		const now = {
			gap: new Set(named.map(({ key }) => key)),
			emerging: new Set(named.filter(({ isEmerging }) => isEmerging).map(({ key }) => key))
		};
		if (before) {
			alarms.looks++;
			for (const key of now.emerging) if (!before.emerging.has(key)) alarms.emerging++;
			for (const key of now.gap) if (!before.gap.has(key)) alarms.gap++;
		}
		before = now;
	}
}
const each = (count: number) => ((26 * count) / alarms.looks).toFixed(2);
console.log(`${String(logs)} logs of ${String(weeks)} weeks, 108 phrase groups, nothing planted`);
console.log('false alarms per log and 26 weeks, all groups together:');
console.log(`  newly emerging:                       ${each(alarms.emerging)}`);
console.log(`  newly emerging or a gap:              ${each(alarms.gap)}`);

const after = [1, 2, 3, 4, 6, 8];
/** The group that grows: one of three. */
const [standing = ''] = all
	.flat()
	.flatMap(({ asked }) => asked)
	.flatMap((row) => (row.topic === topic && row.language === language ? (row.group ?? []) : []))
	.sort();
const own = all.flatMap((log) =>
	log.flatMap(({ asked }) => asked.filter((row) => row.group === standing))
);
const had = own.reduce((sum, { failures }) => sum + failures, 0) / (logs * weeks);
console.log(
	`\nfound by week after onset, of 100; in ${average((row) => row.conversations).toFixed(0)} conversations and ${average((row) => row.failures).toFixed(1)} failures a week, group with ${had.toFixed(1)}`
);
console.log(`group   size  growth   ${after.map((n) => `${String(n)} wk`.padStart(7)).join('')}`);
for (const isNew of [true, false])
	for (const size of [3, 5, 10, 15])
		for (const ramp of size === 10 ? [1, 6] : [1]) {
			const found = after.map(() => 0);
			let tried = 0;
			for (const [at, log] of all.entries()) {
				const onset = 20 + (at % 8);
				const group = isNew ? keyOf({ topic, language, subtopic: 'new' }) : standing;
				if (lookAt(log, onset - 1).some(({ key }) => key === group)) continue;
				tried++;
				const seed = (at + 0.5) / (logs + 1);
				const one = planted(log, { onset, size, ramp, group, seed });
				const isNamed = (week: number) =>
					lookAt(one, week).some(({ key }) => key === group);
				let last = onset;
				while (last < onset + (after.at(-1) ?? 0) && !isNamed(last)) last++;
				for (const [place, long] of after.entries())
					if (last < onset + long) found[place] = (found[place] ?? 0) + 1;
			}
			const cells = found.map((n) => ((100 * n) / tried).toFixed(0).padStart(7));
			const growth = ramp === 1 ? 'at once ' : `in ${String(ramp)} wk `;
			console.log(
				`${(isNew ? 'new' : 'grows').padEnd(7)}${String(size).padStart(4)}  ${growth}${cells.join('')}   (${String(tried)} logs)`
			);
		}
