/** What becomes of handoffs against their time with the AI. */
import { z } from 'zod';
import { changePoint } from '../../analysis/changePoint.ts';
import { doseBins, doseWithinTopics, type Dosed } from '../../analysis/doseResponse.ts';
import { isotonic, isotonicAt } from '../../analysis/isotonic.ts';
import type { Spread } from '../../csat.ts';
import {
	responses,
	type Dose,
	type Fall,
	type MiddleBin,
	type Response,
	type Share
} from '../../waits.ts';
import type { Filter } from '../scope/filter.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { binEdges, endOf, shareOf } from './waitBins.ts';

export const doseRow = z.strictObject({
	from_s: z.number(),
	to_s: z.number().nullable(),
	topic: z.string().nullable(),
	handoffs: z.int(),
	answers: z.int(),
	satisfied: z.int(),
	unhappy: z.int(),
	ends: z.int(),
	resolved: z.int(),
	outcomes: z.int(),
	abandoned: z.int(),
	reviewed: z.int(),
	avoidable: z.int(),
	timed: z.int(),
	late: z.int()
});
export type DoseRow = z.infer<typeof doseRow>;

/** n that a bin needs. */
const leastOfBin = 30;
/** Bins of a figure: fewer, down to the least, as long as topics are too thin for more. */
const [mostBins, fewestBins] = [9, 4];
/** n of each topic in each bin. */
const leastOfTopic = 5;
/** Share of n in topics that can be evened out: enough to stop, and enough to be shown. */
const [wellCovered, leastCovered] = [0.8, 0.5];
/** Bad ends expected in each of the fine spans that are searched for a fall, and how many there are. */
const leastExpected = 5;
const mostSearched = 20;
/** Spans on each side of a fall. */
const leastSide = 4;
/** A fall is named below this p. */
const sure = 0.01;
/** Reviews that tell where handoffs were avoidable, in each bin; bins of the picture. */
const leastReviewed = 30;
const mostMiddle = 6;

type Kind = { n: 'answers' | 'ends' | 'outcomes'; hits: 'satisfied' | 'resolved' | 'abandoned' };
const kinds: Record<Response, Kind & { direction: 'falling' | 'rising' }> = {
	csat_top2: { n: 'answers', hits: 'satisfied', direction: 'falling' },
	resolution_rate: { n: 'ends', hits: 'resolved', direction: 'falling' },
	abandonment_rate: { n: 'outcomes', hits: 'abandoned', direction: 'rising' }
};

/** Dose and response, and both ends of the time with the AI beside each other. */
export async function readDoses(filter: Filter): Promise<{ doses: Dose[]; middle: MiddleBin[] }> {
	const rows = await query('waits/doses', doseRow, await metricParameters(filter, []));
	return {
		doses: responses.map((response) => doseOf(rows, response)),
		middle: middleOf(rows)
	};
}

/** One response against the time with the AI. */
export function doseOf(rows: DoseRow[], response: Response): Dose {
	const { n, hits, direction } = kinds[response];
	const dosed = rows.map((row) => ({
		dose: row.from_s,
		topic: row.topic,
		n: row[n],
		hits: row[hits]
	}));
	const hasTopics = dosed.some((row) => row.topic !== null && row.n > 0);
	const { edges, within } = binned(dosed, direction, hasTopics);
	const plain = doseBins(dosed, edges);
	const isEven = hasTopics && (within.covered ?? 0) >= leastCovered;
	const levels = isotonic(
		plain.flatMap(({ share, n: weight }, x) => (share === null ? [] : { x, y: share, weight })),
		direction
	);
	return {
		response,
		covered: hasTopics ? within.covered : null,
		bins: plain.map((bin, at) => {
			const even = isEven ? within.bins[at] : undefined;
			return {
				from_s: bin.from,
				to_s: endOf(bin.to),
				plain: shareOf(bin.hits, bin.n),
				within: even ? spreadOf(even) : null,
				fitted: even ? even.fitted : isotonicAt(levels, at)
			};
		}),
		...fallOf(dosed, direction)
	};
}

type Within = ReturnType<typeof doseWithinTopics>;

/** As many bins as topics can be evened out over. */
function binned(
	dosed: Dosed[],
	direction: 'falling' | 'rising',
	hasTopics: boolean
): { edges: number[]; within: Within } {
	const spans = dosed.map(({ dose, n }) => ({ from_s: dose, n }));
	const tried = Array.from({ length: mostBins - fewestBins + 1 }, (_, fewer) => {
		const edges = binEdges(spans, { least: leastOfBin, most: mostBins - fewer });
		return {
			edges,
			within: doseWithinTopics(dosed, edges, { least: leastOfTopic, direction })
		};
	});
	const covered = ({ within }: { within: Within }) => within.covered ?? 0;
	const enough = hasTopics ? tried.find((one) => covered(one) >= wellCovered) : tried[0];
	const most = tried.reduce((a, b) => (covered(b) > covered(a) ? b : a));
	return enough ?? (covered(most) >= leastCovered ? most : (tried[0] ?? most));
}

/**
 * The wait from which on ends are worse: bad ends in fine spans, each out of those expected at the
 * shares of its topics.
 */
function fallOf(dosed: Dosed[], direction: 'falling' | 'rising'): Pick<Dose, 'fall' | 'p'> {
	const bad = ({ n, hits }: Dosed) => (direction === 'falling' ? n - hits : hits);
	const byTopic = new Map<string | null, { n: number; bad: number }>();
	for (const row of dosed) {
		const sum = byTopic.get(row.topic ?? null) ?? { n: 0, bad: 0 };
		byTopic.set(row.topic ?? null, { n: sum.n + row.n, bad: sum.bad + bad(row) });
	}
	const expected = (row: Dosed) => {
		const sum = byTopic.get(row.topic ?? null);
		return sum && sum.n > 0 ? (row.n * sum.bad) / sum.n : 0;
	};
	const edges = binEdges(
		dosed.map((row) => ({ from_s: row.dose, n: expected(row) })),
		{ least: leastExpected, most: mostSearched }
	);
	const within = (from: number, to: number) =>
		dosed.filter(({ dose }) => dose >= from && dose < to);
	const spans = edges.slice(1).map((to, at) => within(edges[at] ?? to, to));
	const sum = (rows: Dosed[], of: (row: Dosed) => number) =>
		rows.reduce((total, row) => total + of(row), 0);
	const found = changePoint(
		spans.map((rows) => sum(rows, bad)),
		{
			exposure: spans.map((rows) => sum(rows, expected)),
			direction: 'rising',
			minSegment: leastSide
		}
	);
	// Bad ends nowhere more frequent beyond a wait: there is nothing to test.
	if (!found && spans.length >= 2 * leastSide) return { fall: null, p: 1 };
	const at_s = found && edges[found.index];
	if (!found || at_s === undefined || at_s === null) return { fall: null, p: null };
	return { fall: found.p < sure ? sidesOf(dosed, at_s, direction) : null, p: found.p };
}

/** The shares on both sides of a wait, at the same topic mix where topics can be evened out. */
function sidesOf(dosed: Dosed[], at_s: number, direction: 'falling' | 'rising'): Fall {
	const edges = [0, at_s, Infinity];
	const { bins, covered } = doseWithinTopics(dosed, edges, { least: leastOfTopic, direction });
	const isWithin =
		(covered ?? 0) >= leastCovered && dosed.some(({ topic, n }) => topic !== null && n > 0);
	const plain = doseBins(dosed, edges);
	const side = (at: 0 | 1): Share => {
		const even = bins[at];
		const n = plain[at]?.n ?? 0;
		if (isWithin && even) return { ...spreadOf(even), n };
		return shareOf(plain[at]?.hits ?? 0, n);
	};
	return { at_s, before: side(0), after: side(1), isWithin };
}

const spreadOf = ({ share, interval }: Within['bins'][number]): Spread => ({
	value: share,
	low: interval?.low ?? null,
	high: interval?.high ?? null
});

/** What is avoidable among quick handoffs, and what waiting costs among slow ones. */
export function middleOf(rows: DoseRow[]): MiddleBin[] {
	const reviewed = rows.reduce((sum, row) => sum + row.reviewed, 0);
	const isReviewed = reviewed >= 2 * leastReviewed;
	const edges = binEdges(
		rows.map((row) => ({
			from_s: row.from_s,
			n: isReviewed ? row.reviewed : row.handoffs
		})),
		{ least: leastReviewed, most: mostMiddle }
	);
	return edges.slice(1).map((to, at) => {
		const from = edges[at] ?? to;
		const inside = rows.filter(({ from_s }) => from_s >= from && from_s < to);
		const sum = (of: Exclude<keyof DoseRow, 'topic' | 'to_s'>) =>
			inside.reduce((total, row) => total + row[of], 0);
		return {
			from_s: from,
			to_s: endOf(to),
			handoffs: sum('handoffs'),
			avoidable: shareOf(sum('avoidable'), sum('reviewed')),
			late: shareOf(sum('late'), sum('timed')),
			abandoned: shareOf(sum('abandoned'), sum('outcomes')),
			unhappy: shareOf(sum('unhappy'), sum('answers'))
		};
	});
}
