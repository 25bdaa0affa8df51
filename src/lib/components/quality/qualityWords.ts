import { topicWords, triggerWords } from '../../charts/words.ts';
import { formatDates, formatInterval, formatNumber, formatValue } from '../../format.ts';
import { metrics, type MetricId } from '../../metrics.ts';
import {
	componentMetrics,
	modeMetrics,
	type Cost,
	type End,
	type Foretelling,
	type Grouping,
	type QualityPage
} from '../../quality.ts';
import type { Estimate } from '../../estimate.ts';
import { components, type Component } from '../../analysis/compositeScore.ts';
import { addDays, daysBetween } from '../../dates.ts';
import { verdictWords } from '../../signal.ts';
import { read } from '../../reading.ts';
import { joined, reworded, type Quoted, type Said } from '../../said.ts';
import { datesOf } from '../address.ts';

/** Names of what the score can be split by, within a sentence. */
export const groupingWords: Record<Grouping, string> = {
	topic: 'topic',
	queue: 'queue',
	trigger: 'trigger',
	channel: 'channel',
	ai_version: 'AI version',
	team: 'team'
};

/** Names of the components, short. */
export const componentWords: Record<Component, string> = {
	context: 'Context',
	routing: 'Routing',
	smoothness: 'Smoothness',
	resolution: 'Resolution'
};

/** A group in words. */
export function groupWords(by: Grouping, key: string | null): string {
	return by === 'trigger' ? triggerWords(key) : topicWords(key);
}

/** How good, which way, what is weakest and what fails most. Says no more than the intervals do. */
export function qualityHeadline(page: QualityPage): Said<Quoted>[] {
	const score = scoreSentence(page);
	if (score === null) return [['Too few scored handoffs to say how good they were.']];
	return [score, weakestSentence(page), modeSentence(page)]
		.filter((sentence) => sentence !== null)
		.map((sentence) => reworded(sentence, unbroken));
}

function scoreSentence({ change, score }: QualityPage): Said<Quoted> | null {
	const whole = score.numbers.quality_score.estimate;
	const reading = read('quality_score', whole);
	if (reading.state !== 'value') return null;
	const value = (estimate: Estimate, over?: { from: string; to: string }): Quoted => ({
		words: formatValue(estimate.value, 'score'),
		id: 'quality_score',
		...(over && { place: { dates: datesOf(over) } })
	});
	const sure = (estimate: Estimate) =>
		` of 100 (95 % interval ${formatInterval(estimate.low, estimate.high, 'score') ?? 'unknown'}, n = ${formatNumber(estimate.n)})`;
	if (!change) return ['Quality score ', value(whole), `${sure(whole)}.`];
	const { recent, earlier, difference } = change;
	const size = `${signed(difference.difference)}, 95 % interval ${signed(difference.low)} to ${signed(difference.high)}`;
	const way =
		difference.low > 0 ? 'higher' : difference.high < 0 ? 'lower' : 'no difference shown';
	const { last } = score.weekly.quality_score;
	const chart = last ? ` The last week is ${verdictText(last.verdict)}.` : '';
	return [
		'Quality score ',
		value(recent.score, recent),
		`${sure(recent.score)} in ${weekCount(recent, 'last')}, `,
		value(earlier.score, earlier),
		` in ${weekCount(earlier, '')} before: ${way} (${size}).${chart}`
	];
}

/** "the last 4 weeks", "the 22 weeks", "the 17 days". */
function weekCount({ from, to }: { from: string; to: string }, which: 'last' | ''): string {
	const days = daysBetween(from, to);
	const [count, unit] = days % 7 === 0 ? [days / 7, 'week'] : [days, 'day'];
	const words = [which, count === 1 ? '' : String(count), count === 1 ? unit : `${unit}s`];
	return ['the', ...words.filter((word) => word !== '')].join(' ');
}

const verdictText = (verdict: keyof typeof verdictWords) =>
	verdict === 'steady' ? 'steady' : `a ${verdictWords[verdict]}`;

/** The lowest components: those whose intervals do not part them are named together. */
function weakestSentence({ score }: QualityPage): Said<Quoted> | null {
	const known = components
		.map((component) => ({
			component,
			estimate: score.numbers[componentMetrics[component]].estimate
		}))
		.filter(({ component, estimate }) => isShown(componentMetrics[component], estimate));
	if (known.length < 2) return null;
	const lowest = together(known, (a, b) => a - b);
	const named = lowest.map(({ component, estimate }): Said<Quoted> => {
		const id = componentMetrics[component];
		const words = formatValue(estimate.value, 'fraction');
		return [`${metrics[id].label.toLowerCase()} (`, { words, id }, ' of 1)'];
	});
	return ['Weakest component: ', ...joined(named, ' and '), '.'];
}

function modeSentence({ modes }: QualityPage): Said<Quoted> | null {
	const known = modeMetrics
		.map((mode) => ({ mode, estimate: modes.numbers[mode].estimate }))
		.filter(({ mode, estimate }) => isShown(mode, estimate) && estimate.value !== 0);
	if (known.length === 0) return null;
	const most = together(known, (a, b) => b - a);
	const named = most.map(({ mode, estimate }): Said<Quoted> => [
		`${metrics[mode].label.toLowerCase()} (`,
		{ words: formatValue(estimate.value, 'share'), id: mode },
		` of ${formatNumber(estimate.n)})`
	]);
	return ['Commonest failure mode: ', ...joined(named, ' and '), '.'];
}

const isShown = (id: MetricId, { value, n }: Estimate) => value !== null && n >= metrics[id].floor;

/** The first in an order, and whatever its interval overlaps with. */
function together<One extends { estimate: Estimate }>(
	all: One[],
	order: (a: number, b: number) => number
): One[] {
	const sorted = [...all].sort((a, b) => order(a.estimate.value ?? 0, b.estimate.value ?? 0));
	const first = sorted[0]?.estimate;
	return sorted.filter(
		({ estimate }) =>
			estimate === first ||
			((estimate.low ?? estimate.value ?? 0) <= (first?.high ?? first?.value ?? 0) &&
				(estimate.high ?? estimate.value ?? 0) >= (first?.low ?? first?.value ?? 0))
	);
}

/** What is foretold, as a verb and as a label. */
export const endWords: Record<End, { verb: string; label: string; good: string; bad: string }> = {
	satisfied: {
		verb: 'CSAT',
		label: 'Satisfied customers',
		good: 'satisfied (4 or 5)',
		bad: 'not satisfied'
	},
	stayed: {
		verb: 'repeat contacts',
		label: 'Customers who did not come back',
		good: 'did not come back',
		bad: 'came back'
	}
};

/** Fewer of either end say nothing. */
const leastEnds = 10;

/** Whether the score foretells an end, said plainly. */
export function foretellingVerdict({ end, auc }: Foretelling): string {
	const { verb } = endWords[end];
	if (
		!auc ||
		auc.good < leastEnds ||
		auc.bad < leastEnds ||
		auc.low === null ||
		auc.high === null
	)
		return `Too few to say whether the score foretells ${verb}.`;
	if (auc.high < 0.5) return `It points the wrong way: higher scores go with worse ${verb}.`;
	if (auc.low <= 0.5)
		return `It does not foretell ${verb}: the interval holds 0.5, which is chance.`;
	if (auc.auc < 0.6) return `It foretells ${verb} weakly.`;
	return `It foretells ${verb} ${auc.auc < 0.7 ? 'somewhat' : 'well'}.`;
}

/** Weeks from one Monday to another in days: "17 Aug – 15 Nov 2026". */
export const weeksWords = ({ first, last }: { first: string; last: string }) =>
	formatDates(first, addDays(last, 6));

/** The costliest item that holds with all looked at, in a sentence; null where none does. */
export function contextSentence({ context }: Pick<QualityPage, 'context'>): string | null {
	const shown = context.items.filter(
		({ isRequired, missing }) => isRequired && missing.value !== null
	);
	const [most] = [...shown].sort((a, b) => (b.missing.value ?? 0) - (a.missing.value ?? 0));
	if (!most) return null;
	const costly = (of: (item: (typeof shown)[number]) => Cost | null) =>
		shown
			.filter((item) => of(item)?.isClear && (of(item)?.difference ?? 0) > 0)
			.sort((a, b) => (of(b)?.difference ?? 0) - (of(a)?.difference ?? 0))[0];
	const [slow, asked] = [costly(({ handle }) => handle), costly(({ reask }) => reask)];
	const first = `Missing most: ${most.item} (${formatValue(most.missing.value, 'share')} of ${formatNumber(most.missing.n)}).`;
	const costs = [
		...(slow?.handle
			? [
					`${formatNumber(slow.handle.difference)} s more handle time without ${slow.item} than with it`
				]
			: []),
		...(asked?.reask
			? [
					`${formatNumber(asked.reask.difference * 100, 1)} points more asked again without ${asked.item}`
				]
			: [])
	];
	return unbroken(
		costs.length > 0 ? `${first} At the same topic mix: ${costs.join('; ')}.` : first
	);
}

/** A difference with its sign: "+0.4", "−1.2". */
export function signed(value: number, decimals = 1): string {
	const text = formatNumber(value, decimals);
	return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** Keeps a number with its sign and its unit on one line. */
function unbroken(sentence: string): string {
	return sentence.replace(/(?<=\d) (?=%|s\b|points\b)|(?<=n) (?==)|(?<==) /g, '\u00a0');
}

/** What the limits of the funnel are made of, in a sentence or two. */
export function funnelWords({
	phi,
	isStretched
}: NonNullable<QualityPage['groups']['funnel']>): string {
	const times = `${formatNumber(Math.sqrt(phi), 1)} times as much as by chance`;
	const spread = isStretched
		? phi > 1.05
			? `, given that groups differ ${times} (limits widened by it)`
			: '; but for the furthest, groups differ no more than by chance'
		: phi > 1.05
			? `. They differ ${times}; with under 10 groups the limits are not widened by it`
			: '';
	return `Between the limits lie groups that chance alone could have put there${spread}. Filled: outside 95 %, which 1 group in 20 is by chance.`;
}
