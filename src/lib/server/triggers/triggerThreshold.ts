/** What the log tells of other thresholds of confidence. */
import { discontinuity, type Placed } from '../../analysis/discontinuity.ts';
import {
	leastIdentified,
	thresholdSeen,
	thresholdWhatIf,
	type ConfidenceBin
} from '../../analysis/thresholdWhatIf.ts';
import type { ThresholdPage, TriggerChoices, TriggersPage } from '../../triggers.ts';
import { lackedByConversations, type Filter } from '../scope/filter.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { confidentRow, decisionRow, type DecisionRow } from './triggerRows.ts';

/** Confidence is counted by the hundredth. */
const steps = 100;
/** How far from the threshold the jump is looked at. */
const bandwidths = [0.1, 0.2];
/** Fewer decisions on either side say nothing of a jump. */
const leastOfSide = 30;

/** Decisions of a period, and what they say of every hundredth as threshold. */
export async function readThreshold(
	filter: Filter,
	{ threshold, inForce }: Pick<TriggerChoices, 'threshold' | 'inForce'>
): Promise<ThresholdPage> {
	const uncarried = lackedByConversations(filter) ?? null;
	const rows = await query('triggers/decisions', decisionRow, await metricParameters(filter, []));
	return { ...whatIf(rows, threshold, inForce, uncarried !== null), uncarried };
}

/**
 * Handoffs by confidence: all made for low confidence, and those of them that the threshold tried
 * would leave with the AI. Conversations are counted elsewhere: one may have several handoffs, or
 * carry its confidence itself.
 */
export async function readConfident(
	filter: Filter,
	{ chosen, inForce }: Pick<ThresholdPage, 'chosen' | 'inForce'>
): Promise<TriggersPage['confident']> {
	const rows = await query(
		'triggers/confident',
		confidentRow,
		await metricParameters(filter, [])
	);
	const sum = (from: number, to: number) =>
		rows.reduce((total, { bin, n }) => total + (bin >= from && bin < to ? n : 0), 0);
	const [from, to] = [chosen?.threshold, inForce?.threshold].map((at) =>
		at === undefined ? null : Math.round(at * steps)
	);
	const isLowered = typeof from === 'number' && typeof to === 'number' && from < to;
	return { low: sum(0, steps), spared: isLowered ? sum(from, to) : null };
}

type Ways = { kept: DecisionRow[]; byThreshold: DecisionRow[]; regardless: DecisionRow[] };

/** Where no handoff says that low confidence was its reason, those without a trigger may be it. */
function waysOf(rows: DecisionRow[]): Ways {
	const of = (...ways: DecisionRow['way'][]) => rows.filter(({ way }) => ways.includes(way));
	const isNamed = of('threshold').length > 0 || of('other').length > 0;
	return {
		kept: of('kept'),
		byThreshold: isNamed ? of('threshold') : of('unnamed'),
		regardless: isNamed ? of('other', 'unnamed') : []
	};
}

export function whatIf(
	rows: DecisionRow[],
	threshold: number | null,
	given: number | null,
	isFiltered: boolean
): Omit<ThresholdPage, 'uncarried'> {
	const ways = waysOf(rows);
	const confident = (list: DecisionRow[]) => list.filter(({ bin }) => bin !== null);
	const logged = (list: DecisionRow[]) => ({ n: count(list), confident: count(confident(list)) });
	const handed = logged([...ways.byThreshold, ...ways.regardless]);
	const kept = logged(ways.kept);
	const below = count(confident(ways.byThreshold));
	const nothing = { kept, handed, below, inForce: null, sweep: [], chosen: null, now: null };
	const lacks =
		handed.confident === 0 && kept.confident === 0
			? 'confidence'
			: isFiltered
				? 'filter'
				: kept.confident === 0
					? 'kept'
					: handed.confident === 0
						? 'handed'
						: null;
	const seen = thresholdSeen(countsOf(ways));
	const inForce = given !== null ? { threshold: given, agree: null } : seen && { ...seen };
	if (lacks !== null || !inForce) {
		const why = lacks ?? 'handed';
		return { ...nothing, lacks: why, known: null, jumps: [] };
	}
	const bins = binsOf(ways);
	const others = confident(ways.regardless);
	const regardless = {
		n: count(others),
		human: { hits: total(others, 'resolved'), n: total(others, 'known') }
	};
	const at = (step: number) => thresholdWhatIf(bins, inForce.threshold, step / steps, regardless);
	const sweep = Array.from({ length: steps + 1 }, (_, step) => at(step));
	const now = Math.round(inForce.threshold * steps);
	const isKnown = (step: number) => (sweep[step]?.shareIdentified ?? 0) >= leastIdentified;
	let [from, to] = [now, now];
	while (from > 0 && isKnown(from - 1)) from--;
	while (to < steps && isKnown(to + 1)) to++;
	return {
		kept,
		handed,
		below,
		lacks: null,
		inForce,
		sweep,
		now: sweep[now] ?? null,
		chosen: threshold === null ? null : (sweep[Math.round(threshold * steps)] ?? null),
		known: isKnown(now) ? { from: from / steps, to: to / steps } : null,
		jumps: jumpsOf(ways, inForce.threshold)
	};
}

function binsOf({ kept, byThreshold }: Ways): ConfidenceBin[] {
	return Array.from({ length: steps }, (_, bin) => {
		const of = (list: DecisionRow[]) => list.filter((row) => row.bin === bin);
		const [own, over] = [of(kept), of(byThreshold)];
		return {
			from: bin / steps,
			to: (bin + 1) / steps,
			n: count(own) + count(over),
			handed: count(over),
			ai: { hits: total(own, 'resolved'), n: total(own, 'known') },
			human: { hits: total(over, 'resolved'), n: total(over, 'known') }
		};
	});
}

function countsOf({ kept, byThreshold }: Ways) {
	const of = (list: DecisionRow[], field: 'kept' | 'handed') =>
		list.flatMap(({ bin, n }) =>
			bin === null ? [] : [{ confidence: bin / steps, kept: 0, handed: 0, [field]: n }]
		);
	return [...of(kept, 'kept'), ...of(byThreshold, 'handed')];
}

/** Resolved if handed over less if kept, just at the threshold in force. */
function jumpsOf(ways: Ways, threshold: number): ThresholdPage['jumps'] {
	const rows = [...ways.kept, ...ways.byThreshold].flatMap(({ bin, known, resolved, way }) => {
		if (bin === null) return [];
		const x = (bin + 0.5) / steps;
		// What went the other way than the threshold says would blur the jump.
		if ((way === 'kept') !== x >= threshold) return [];
		return [
			{ x, y: 1, n: resolved },
			{ x, y: 0, n: known - resolved }
		] satisfies Placed[];
	});
	return bandwidths.flatMap((bandwidth) => {
		const near = rows.filter(({ x }) => Math.abs(x - threshold) <= bandwidth);
		const side = (isBelow: boolean) =>
			near.reduce((sum, { x, n }) => sum + (x < threshold === isBelow ? n : 0), 0);
		if (side(true) < leastOfSide || side(false) < leastOfSide) return [];
		const jump = discontinuity(rows, threshold, bandwidth);
		return jump ? [{ bandwidth, jump }] : [];
	});
}

const count = (rows: DecisionRow[]) => rows.reduce((sum, { n }) => sum + n, 0);
const total = (rows: DecisionRow[], field: 'known' | 'resolved') =>
	rows.reduce((sum, row) => sum + row[field], 0);
