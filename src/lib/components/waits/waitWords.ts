import { newcombe, type Tally } from '../../analysis/newcombe.ts';
import { wilson } from '../../analysis/wilson.ts';
import { binWords } from '../../charts/csat/csatWaits.ts';
import { topicWords, triggerWords } from '../../charts/words.ts';
import { formatDuration, formatInterval, formatNumber, formatValue } from '../../format.ts';
import type { Narrowing } from '../../handoffs.ts';
import type { Bounds } from '../../list.ts';
import { metrics } from '../../metrics.ts';
import { countedHandoffs } from '../../narrowings.ts';
import { read } from '../../reading.ts';
import type {
	Choices,
	Dose,
	Grouping,
	MiddleBin,
	Response,
	Seconds,
	Share,
	Side,
	WaitsPage
} from '../../waits.ts';
import { handoffsAddress } from '../../handoffs.ts';
import type { Active, Extra } from '../address.ts';
import { placeOf } from '../address.ts';
import { unbroken } from '../repeats/repeatWords.ts';
import { joined, reworded, type Counted, type Said } from '../../said.ts';

/** What is set against the time with the AI, in a title and in a sentence. */
export const responseWords: Record<Response, { title: string; bad: string; hits: string }> = {
	csat_top2: {
		title: 'Satisfied share',
		bad: 'fewer are satisfied',
		hits: 'satisfied'
	},
	resolution_rate: {
		title: 'Resolved share',
		bad: 'fewer are resolved',
		hits: 'resolved'
	},
	abandonment_rate: {
		title: 'Abandoned share',
		bad: 'more are abandoned',
		hits: 'abandoned'
	}
};

/** A group in words. */
export function groupWords(by: Grouping, key: string | null): string {
	return by === 'trigger' ? triggerWords(key) : topicWords(key);
}

/** What of the choices stands in an address: those that are not what the page shows by itself. */
export function choiceExtras(page: WaitsPage, changed: Partial<Choices> = {}): Extra[] {
	const { by, hours } = { ...page.choices, ...changed };
	return [
		...(by === 'topic' ? [] : [['by', by] satisfies Extra]),
		...(hours === 'p50' ? [] : [['hours', hours] satisfies Extra])
	];
}

/** A span as a range of the list of handoffs, whose ends are both included. */
export const rangeOf = ({ from_s, to_s }: Seconds): Bounds => ({
	from: from_s === 0 ? null : from_s,
	to: to_s === null ? null : to_s - 0.001
});

/** The list of the page's handoffs, narrowed; `only` takes the place of a filter of its dimension. */
export function listAddress(page: WaitsPage, url: URL, narrowing: Narrowing = {}, only?: Active) {
	const place = placeOf(page);
	const filters = only
		? [...(place.filters ?? []).filter(({ dimension }) => dimension !== only.dimension), only]
		: place.filters;
	return handoffsAddress(
		{ ...place, ...(filters && { filters }) },
		narrowing,
		url.pathname + url.search
	);
}

/** The handoffs of an hour of the week that a wait is known of, the longest first. */
export const hourNarrowing = (side: Side, weekday: number, hour: number): Narrowing => ({
	...countedHandoffs[`wait_${side}_p50`],
	weekday,
	hour
});

const known: Bounds = { from: null, to: null };
/** Outcomes that say whether it was resolved, and all there are. */
const ends = [
	'resolved',
	'unresolved',
	'transferred',
	'returned_to_ai',
	'callback',
	'abandoned',
	'not_connected'
];
/** Handoffs of which it is known. */
export const knownOf: Record<Response, Narrowing> = {
	csat_top2: { ranges: { csat: known } },
	resolution_rate: { outcomes: ends },
	abandonment_rate: { outcomes: [...ends, 'answered'] }
};

/** A narrowing, of the handoffs with so long a time with the AI. */
const within = (span: Seconds, narrowing: Narrowing = {}): Narrowing => ({
	...narrowing,
	ranges: { ...narrowing.ranges, wait_before_s: rangeOf(span) }
});

/** "68.0–72.0 %, n = 300", where n may lead to its handoffs. */
function sureWords({ low, high, n }: Share, narrowing?: Narrowing): Said {
	const interval = formatInterval(low, high, 'share');
	const words = formatNumber(n);
	return [
		`${interval ? `${interval}, ` : ''}n = `,
		narrowing && n > 0 ? { words, narrowing } : words
	];
}

/** Keeps numbers and their units together, part by part. */
const kept = (said: Said): Said => reworded(said, unbroken);

/** The page in sentences: both waits, who waited longer after, who gave up. */
export function waitsHeadline({ numbers }: WaitsPage): Said[] {
	const said = (id: keyof WaitsPage['numbers']): Counted[] => {
		const reading = read(id, numbers[id].estimate);
		return reading.state === 'value'
			? [{ words: reading.value, narrowing: countedHandoffs[id] ?? {} }]
			: [];
	};
	const both = (before: Counted[], after: Counted[]): Said => [
		...before.flatMap((value) => [value, ' with the AI']),
		...(before.length > 0 && after.length > 0 ? [' and '] : []),
		...after.flatMap((value) => [value, ' for a person'])
	];
	const median = both(said('wait_before_p50'), said('wait_after_p50'));
	const long = both(said('wait_before_p90'), said('wait_after_p90'));
	return [
		...(median.length > 0 ? [['Customers waited a median of ', ...median, '.']] : []),
		...(long.length > 0 ? [['One in ten waited more than ', ...long, '.']] : []),
		...said('longer_after_share').map((value) => [
			value,
			' waited longer after the handoff than before it.'
		]),
		...said('abandonment_rate').map((value) => [value, ' gave up.'])
	].map(kept);
}

/** Where a response falls, or that it does not, in a sentence; null where the log has none of it. */
export function fallSentence({ response, bins, fall, p }: Dose): Said | null {
	if (bins.length === 0) return null;
	const { bad, hits } = responseWords[response];
	const side = (share: Share, span: Seconds) => sureWords(share, within(span, knownOf[response]));
	if (fall) {
		const { at_s, before, after } = fall;
		const mix = fall.isWithin ? ' at the same topic mix' : '';
		return kept([
			`From ${formatDuration(at_s)} on ${bad}: ${formatValue(before.value, 'share')} ${hits} below it (`,
			...side(before, { from_s: 0, to_s: at_s }),
			`), ${formatValue(after.value, 'share')} beyond (`,
			...side(after, { from_s: at_s, to_s: null }),
			`)${mix}; ${p !== null && p < 0.001 ? 'p < 0.001' : `p = ${formatNumber(p ?? 0, 3)}`}.`
		]);
	}
	const flat = flatSentence(response, bins);
	if (flat) return kept(flat);
	if (p === null) return ['Too few bad ends to look for a point where it turns worse.'];
	return ['No point from which on it is clearly worse.'];
}

/**
 * That a level fit goes through shares that do not turn worse, and where the longer half of the
 * waits is surely better, that; null where the fit is not level.
 */
function flatSentence(response: Response, bins: Dose['bins']): Said | null {
	const [first, ...others] = bins;
	if (!first || others.length === 0) return null;
	if (bins.some(({ fitted }) => fitted === null || fitted !== first.fitted)) return null;
	const isBadHigh = response === 'abandonment_rate';
	const [worse, better] = isBadHigh ? ['rise', 'falls'] : ['fall', 'rises'];
	const level = `It does not ${worse} with the time with the AI, so the fit is level`;
	const half = sum(bins, ({ n }) => n) / 2;
	const at_s = others.find(
		({ from_s }) => sum(bins, ({ n }, from) => (from < from_s ? n : 0)) >= half
	)?.from_s;
	if (at_s === undefined) return [`${level}.`];
	const tally = (isIn: (from_s: number) => boolean): Tally => ({
		hits: sum(bins, ({ value, n }, from) => (isIn(from) ? Math.round((value ?? 0) * n) : 0)),
		n: sum(bins, ({ n }, from) => (isIn(from) ? n : 0))
	});
	const short = tally((from) => from < at_s);
	const long = tally((from) => from >= at_s);
	const change = newcombe(long, short);
	if (!change || (isBadHigh ? change.high >= 0 : change.low <= 0)) return [`${level}.`];
	const side = ({ hits, n }: Tally, span: Seconds): Said => {
		const { low = null, high = null } = wilson(hits, n) ?? {};
		return [
			{
				words: formatValue(hits / n, 'share'),
				narrowing: within(span, countedHandoffs[response])
			},
			span.to_s === null
				? ` from ${formatDuration(at_s)} on (`
				: ` under ${formatDuration(at_s)} (`,
			...sureWords({ value: null, low, high, n }, within(span, knownOf[response])),
			')'
		];
	};
	return [
		`${level}; it ${better}: `,
		...side(short, { from_s: 0, to_s: at_s }),
		', ',
		...side(long, { from_s: at_s, to_s: null }),
		', as logged.'
	];
}

const sum = (bins: Dose['bins'], of: (plain: Share, from_s: number) => number) =>
	bins.reduce((total, { plain, from_s }) => total + of(plain, from_s), 0);

/** How far topics are evened out, in a sentence. */
export function coveredSentence({ covered, bins }: Dose): string {
	if (covered === null)
		return 'No topic is logged, so other topics may wait longer: as logged only.';
	if (bins.every(({ within }) => within === null))
		return 'Too few of most topics to even topics out: as logged only.';
	return covered > 0.995
		? 'Filled: every length at the same topic mix.'
		: `Filled: every length at the same topic mix, over topics with ${formatValue(covered, 'share')} of n; the others are too thin.`;
}

/** Both ends of the time with the AI in a sentence each, where they can be said. */
export function middleSentences(bins: MiddleBin[]): Said[] {
	const [first, last] = [bins[0], bins.at(-1)];
	if (!first || !last || first === last) return [];
	const { floor } = metrics.avoidable_share;
	const words = (
		bin: MiddleBin,
		kind: keyof typeof middleNarrowings,
		what: string,
		all?: Narrowing
	): Said[] => {
		const share = bin[kind];
		if (share.n < floor || share.value === null) return [];
		const value = formatValue(share.value, 'share');
		return [
			[
				{ words: value, narrowing: within(bin, middleNarrowings[kind]) },
				` ${what} (`,
				...sureWords(share, all && within(bin, all)),
				')'
			]
		];
	};
	const early = words(first, 'avoidable', 'of the reviewed needed no person');
	const late = [
		...words(last, 'avoidable', 'of the reviewed needed no person'),
		...words(last, 'abandoned', 'were abandoned', knownOf.abandonment_rate),
		...words(last, 'unhappy', 'of the answers are 1 or 2', knownOf.csat_top2)
	];
	return [
		...(early.length > 0
			? [
					[
						`Handed over within ${formatDuration(first.to_s ?? 0)}: `,
						...joined(early, ', '),
						'.'
					]
				]
			: []),
		...(late.length > 0 ? [[`After ${binWords(last)}: `, ...joined(late, ', '), '.']] : [])
	].map(kept);
}

/** The handoffs behind the shares of early and late ones. */
export const middleNarrowings: Record<'avoidable' | 'abandoned' | 'unhappy' | 'late', Narrowing> = {
	avoidable: countedHandoffs.avoidable_share ?? {},
	abandoned: countedHandoffs.abandonment_rate ?? {},
	unhappy: { ranges: { csat: { from: null, to: 2 } } },
	late: countedHandoffs.late_rate ?? {}
};
