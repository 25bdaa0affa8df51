/** Gaps of a period and filter: counts → excess → what emerges → cost, kind and fixes. */
import { addDays, mondayOf } from '../../dates.ts';
import type { FixVerdict } from '../../fixVerdict.ts';
import {
	byRank,
	gapId,
	isListed,
	type Gap,
	type GapFix,
	type Gaps,
	type GapVolume
} from '../../gaps.ts';
import { fixStatusOf, readFixVerdicts } from '../fixes/fixVerdicts.ts';
import { metricParameters } from '../measure/measure.ts';
import { filterType, filterValue, type Filter } from '../scope/filter.ts';
import { lastFullWeek } from '../scope/scope.ts';
import { withSnapshot } from '../store/engine.ts';
import { readExtent } from '../store/log.ts';
import { query, type Parameters } from '../store/query.ts';
import { behind } from '../store/recorder.ts';
import { readFailureWork } from './failureWork.ts';
import { costOf, csatOf, savingOf } from './gapCost.ts';
import { findGaps, leastFailures, type Cell, type Findings, type Found } from './gapCounts.ts';
import { kindOf } from './gapKind.ts';
import { findPhraseGaps, type FoundPhrase } from './gapPhrases.ts';
import {
	evidenceRow,
	failureRow,
	ratingRow,
	volumeRow,
	type FailureRow,
	type VolumeRow
} from './gapRows.ts';

/** Weeks of a trend where the period is no longer. */
const weeksShown = 30;

/**
 * All topics, and phrase groups within them, ranked; `isListed` tells the gaps among them. Topics
 * chosen narrow what is returned, not what they are held against, nor does the route: gaps are of
 * failures. What conversations do not carry (trigger, queue, team) narrows the failures alone.
 */
export function readGaps(filter: Filter): Promise<Gaps> {
	return withSnapshot(async () => {
		const topics = filter.topic;
		const held: Filter = { ...filter, topic: undefined, route: undefined };
		const log = await readWeeks(filter);
		const { volume, cells, withoutRoute } = await behind('gaps', () => readCells(held, log));
		const findings = findGaps(cells, log.weeks);
		const phrases = await behind('gaps', () => findPhraseGaps(held, log));
		const gaps = (await completed(findings, phrases, held)).sort(byRank);
		const chosen = gaps.filter(({ topic }) => isChosen(topic, topics));
		return {
			gaps: chosen,
			standing: gaps
				.filter((gap) => isListed(gap) || (gap.isSlight && gap.phrase === null))
				.map(({ topic, phrase, observed, isGap, isSlight, emerging, cost }) => ({
					topic,
					phrase,
					observed,
					isGap,
					isSlight,
					emerging,
					cost
				})),
			volume,
			failures: sumOf(findings.found, ({ observed }) => observed),
			conversations: sumOf(findings.found, ({ volume }) => volume),
			withoutRoute,
			dispersion: findings.dispersion,
			trendWeeks: log.weeks,
			lastWeek: log.weeks.at(-1) ?? null,
			seeable: findings.seeable(),
			hasPhrases: phrases.length > 0
		};
	});
}

/** One topic, or one phrase group of it; null where the period has nothing of it. */
export async function readGap(
	filter: Filter,
	topic: string | null,
	phrase: string | null
): Promise<Gap | null> {
	const { gaps } = await readGaps({ ...filter, topic: [topic ?? ''] });
	return gaps.find(({ id }) => id === gapId(topic, phrase)) ?? null;
}

const isChosen = (topic: string | null, chosen: string[] | undefined) =>
	chosen === undefined || chosen.length === 0 || chosen.includes(topic ?? '');

const sumOf = <Row>(rows: readonly Row[], of: (row: Row) => number) =>
	rows.reduce((sum, row) => sum + of(row), 0);

/** The full weeks that trends cover, with the days of log that are read for them. */
type Weeks = { weeks: string[]; from: string; to: string; period: { from: string; to: string } };

/**
 * Up to the last full week of the period: 30, or as many as the period has; no week before the log, and
 * none of a period after it.
 */
async function readWeeks({ from, to }: Filter): Promise<Weeks> {
	const { first_handoff, last_handoff } = await readExtent();
	const [first, last] = [first_handoff?.slice(0, 10), last_handoff?.slice(0, 10)];
	const period = { from, to };
	// Past the end of the log nothing is known, also not what emerged at its end.
	if (first === undefined || last === undefined || from > last)
		return { weeks: [], from, to, period };
	const full = (await lastFullWeek(first, last)) ?? addDays(mondayOf(first), -7);
	// Of a period that ends within a week, that week is not full.
	const ended = addDays(mondayOf(to), -7);
	const newest = full < ended ? full : ended;
	const firstFull = mondayOf(addDays(first, 6));
	const begin = addDays(newest, -7 * (weeksShown - 1));
	const oldest = [firstFull, begin < mondayOf(from) ? begin : mondayOf(from)].sort().at(-1);
	const weeks: string[] = [];
	for (let week = oldest ?? newest; week <= newest; week = addDays(week, 7)) weeks.push(week);
	return {
		weeks,
		from: weeks[0] !== undefined && weeks[0] < from ? weeks[0] : from,
		to,
		period
	};
}

/** Conversations, or handoffs with a known route, and failures by week, topic and channel. */
async function readCells(
	held: Filter,
	{ from, to, period }: Weeks
): Promise<{ volume: GapVolume; cells: Cell[]; withoutRoute: number }> {
	// What the failures are chosen by is not asked of what they are out of.
	const whole: Filter = { ...held, trigger: undefined };
	const [volumes, failures] = await Promise.all([
		query('gaps/volumes', volumeRow, parametersOf({ ...whole, from, to }, period)),
		query('gaps/failures', failureRow, parametersOf({ ...held, from, to }, period))
	]);
	const volume = volumes.some(({ conversations }) => conversations > 0)
		? 'conversations'
		: 'handoffs';
	return {
		volume,
		cells: cellsOf(volumes, failures, volume),
		withoutRoute: sumOf(
			volumes.filter(({ is_in_period }) => is_in_period),
			({ unrouted }) => unrouted
		)
	};
}

function cellsOf(
	volumes: readonly VolumeRow[],
	failures: readonly FailureRow[],
	volume: GapVolume
): Cell[] {
	const cell = (row: VolumeRow | FailureRow) => ({
		key: row.topic ?? '',
		week: row.week,
		channel: row.channel ?? '',
		isInPeriod: row.is_in_period
	});
	return [
		...volumes
			.map((row) => ({
				...cell(row),
				volume: volume === 'conversations' ? row.conversations : row.routed,
				failures: 0
			}))
			.filter(({ volume }) => volume > 0),
		...failures.map((row) => ({ ...cell(row), volume: 0, failures: row.failures }))
	];
}

const parametersOf = (filter: Filter, period: Filter): Parameters => ({
	values: { filter: filterValue(filter), period: filterValue(period) },
	types: { filter: filterType, period: filterType }
});

/** Adds what the failures say, cost and led to. */
async function completed(
	{ found }: Findings,
	phrases: readonly FoundPhrase[],
	held: Filter
): Promise<Gap[]> {
	const failures: Filter = { ...held, route: ['failure'] };
	const [evidence, ratings, fixes, work] = await Promise.all([
		query('gaps/evidence', evidenceRow, await metricParameters(failures, [])),
		query('gaps/ratings', ratingRow, await metricParameters(held, [])),
		readFixVerdicts(),
		readFailureWork(
			failures,
			phrases.map(({ phrase, topic, handoffs }) => ({ id: phrase.id, topic, handoffs }))
		)
	]);
	const topics = found.map((one) => {
		const topic = one.key === '' ? null : one.key;
		const own = <Row extends { topic: string | null }>(rows: readonly Row[]) =>
			rows.filter((row) => row.topic === topic);
		return gapOf(one, {
			topic,
			phrase: null,
			grown: false,
			cost: costOf(one, work.ofTopic(topic), work.all),
			csat: csatOf(own(ratings), one.observed),
			...kindOf(own(evidence)),
			fixes: fixesOf(fixes, topic, null)
		});
	});
	const groups = phrases.map(({ found: one, grown, topic, phrase, handoffs }) => {
		const gap = gapOf(one, {
			topic,
			phrase,
			grown,
			cost: costOf(one, work.ofGroup(topic, phrase.id), work.all),
			csat: csatOf(handoffs, one.observed),
			...kindOf(
				handoffs
					.filter(({ is_failure }) => is_failure)
					.map((row) => ({ ...row, failures: row.handoffs })),
				evidence.filter((row) => row.topic === topic)
			),
			fixes: fixesOf(fixes, topic, phrase.id)
		});
		// Of a topic without excess most handoffs may be failures, and all its groups would stand out;
		// not those that have grown, which are held against themselves.
		const isWithin =
			grown ||
			topics.some((whole) => whole.topic === topic && (isListed(whole) || whole.isSlight));
		return { ...gap, isGap: gap.isGap && isWithin, isSlight: gap.isSlight && isWithin };
	});
	// What is no gap has nothing open.
	return [...topics, ...groups].map((gap) => ({
		...gap,
		status: gap.fixes[0]?.status ?? (isListed(gap) ? 'open' : null)
	}));
}

type Added = Pick<
	Gap,
	'topic' | 'phrase' | 'grown' | 'cost' | 'csat' | 'kind' | 'evidence' | 'fixes'
>;

function gapOf(found: Found, added: Added): Gap {
	const { excess } = found;
	return {
		observed: found.observed,
		expected: found.expected,
		volume: found.volume,
		emerging: found.emerging,
		trend: found.trend,
		firstSeen: found.firstSeen,
		isOlder: found.isOlder,
		...added,
		id: gapId(added.topic, added.phrase?.id ?? null),
		ratio: excess?.ratio?.ratio ?? null,
		low: excess?.ratio?.exact.low ?? null,
		high: excess?.ratio?.exact.high ?? null,
		excess: excess?.excess ?? null,
		p: excess?.p ?? null,
		q: excess?.adjusted ?? null,
		eb05: excess?.shrunken.q05 ?? null,
		isGap: excess?.isGap ?? false,
		isSlight: excess !== null && excess.isMore && !excess.isGap,
		isThin: found.observed < leastFailures,
		saving: savingOf(found, added.cost),
		status: null
	};
}

/** The fixes of a topic as a whole, or of what a phrase group of it holds today, latest first. */
function fixesOf(
	fixes: readonly FixVerdict[],
	topic: string | null,
	phrase: string | null
): GapFix[] {
	return fixes
		.filter(({ fix, group }) => fix.topic === topic && group === phrase)
		.map(({ fix: { fix_id, what, done_on }, status, back }) => ({
			fix_id,
			what,
			done_on,
			status: fixStatusOf({ status }),
			backSince: back?.since ?? null
		}))
		.sort((a, b) =>
			a.done_on < b.done_on ? 1 : a.done_on > b.done_on ? -1 : b.fix_id - a.fix_id
		);
}
