import { formatChangeInterval } from '../../change.ts';
import { triggerWords } from '../../charts/words.ts';
import { formatInterval, formatNumber, formatValue } from '../../format.ts';
import { handoffsAddress, type Narrowing } from '../../handoffs.ts';
import { countedHandoffs } from '../../narrowings.ts';
import type {
	Against,
	Asked,
	ComparedMetric,
	RuleKey,
	ThresholdPage,
	TriggersPage,
	Tuning
} from '../../triggers.ts';
import type { Active, Extra } from '../address.ts';
import { placeOf } from '../address.ts';
import { joined, type Said } from '../../said.ts';

/** What of the choices stands in an address: those that are not what the page shows by itself. */
export function choiceExtras(
	{ choices }: Pick<TriggersPage, 'choices'>,
	changed: Partial<TriggersPage['choices']> = {}
): Extra[] {
	const { measure, threshold, inForce } = { ...choices, ...changed };
	return [
		...(measure === 'late_rate' ? [] : [['measure', measure] satisfies Extra]),
		...(threshold === null ? [] : [['threshold', String(threshold)] satisfies Extra]),
		...(inForce === null ? [] : [['in_force', String(inForce)] satisfies Extra])
	];
}

/** The filters that choose a trigger as the page tells it apart: by route too. */
export const ruleFilters = ({ route, trigger }: RuleKey): Active[] => [
	{ dimension: 'route', value: route ?? '' },
	{ dimension: 'trigger', value: trigger ?? '' }
];

/** A trigger in words; handoffs without one, of which some state their route, by that. */
export function ruleWords({ route, trigger }: RuleKey): string {
	if (trigger !== null) return triggerWords(trigger);
	return route === null ? 'No trigger' : `No trigger, ${route} stated`;
}

/** The list of the page's handoffs, narrowed; `only` take the place of filters of their dimensions. */
export function listAddress(
	page: TriggersPage,
	url: URL,
	narrowing: Narrowing = {},
	only: Active[] = []
) {
	const place = placeOf(page);
	const rest = (place.filters ?? []).filter(
		({ dimension }) => !only.some((one) => one.dimension === dimension)
	);
	return handoffsAddress(
		{ ...place, filters: [...rest, ...only] },
		narrowing,
		url.pathname + url.search
	);
}

/** How many handoffs were moved out of a queue, wherever to. */
export function movedOutOf({ queues }: TriggersPage['misrouting'], queue: string | null): number {
	const { value, n } = queues.find(({ key }) => key === queue)?.misrouted ?? { value: 0, n: 0 };
	return Math.round((value ?? 0) * n);
}

/** Handoffs of which the number of answers tried is known, the most first. */
export const attemptsKnown: Narrowing = {
	ranges: { ai_attempts: { from: null, to: null } },
	sort: 'ai_attempts',
	dir: 'desc'
};

/** Handoffs that log a confidence, from one up to, and without, another where they are given. */
export const confidenceNarrowing = (from: number | null, to: number | null): Narrowing => ({
	ranges: { confidence: { from, to: to === null ? null : Number((to - 1e-6).toFixed(6)) } }
});

/** Handoffs whose customers asked for a person so often: 3 stands for three and more. */
export function requestsNarrowing(requests: Asked['requests']): Narrowing {
	if (requests === null) return { ranges: { human_requests: null } };
	const to = requests === 3 ? null : requests;
	return { ranges: { human_requests: { from: requests, to } } };
}

/** The same, of which a wait is known. */
export function askedNarrowing(requests: Asked['requests'], side: 'before' | 'after'): Narrowing {
	const { ranges, ...other } = countedHandoffs[`wait_${side}_p50`] ?? {};
	return { ...other, ranges: { ...ranges, ...requestsNarrowing(requests).ranges } };
}

/** Names of measures on buttons and in headings. */
export const measureNames: Record<ComparedMetric, string> = {
	late_rate: 'late',
	resolution_rate: 'resolved',
	abandonment_rate: 'abandoned',
	not_connected_rate: 'not connected',
	handback_rate: 'handed back',
	csat_top2: 'satisfied',
	repeat_rate: 'came back',
	avoidable_share: 'not needed',
	misrouted_rate: 'wrong queue'
};

/** What a weakness says of a trigger. */
const complaints: Record<ComparedMetric, string> = {
	late_rate: 'hands over late',
	resolution_rate: 'is seldom resolved',
	abandonment_rate: 'loses customers who give up waiting',
	not_connected_rate: 'hands over where nobody comes',
	handback_rate: 'is handed back to the AI',
	csat_top2: 'leaves customers dissatisfied',
	repeat_rate: 'sees customers come back',
	avoidable_share: 'hands over without need',
	misrouted_rate: 'lands in the wrong queue'
};

/** The same as a further one, after "41.4 points fewer of its". */
const further: Record<ComparedMetric, string> = {
	late_rate: 'handoffs are late',
	resolution_rate: 'handoffs are resolved',
	abandonment_rate: 'customers give up waiting',
	not_connected_rate: 'handoffs meet nobody',
	handback_rate: 'handoffs are handed back',
	csat_top2: 'ratings are 4 or 5',
	repeat_rate: 'customers come back',
	avoidable_share: 'reviewed handoffs were not needed',
	misrouted_rate: 'handoffs end in another queue'
};

const advice: Record<ComparedMetric, string> = {
	late_rate: 'Let it take hold sooner, after fewer answers tried.',
	resolution_rate: 'Look at who gets these handoffs and what travels with them.',
	abandonment_rate: 'Look at who is there to answer when it hands over.',
	not_connected_rate: 'Let it hand over when somebody is there, or offer a call-back.',
	handback_rate: 'Read what people hand back.',
	csat_top2: 'Read its lowest ratings for what went wrong.',
	repeat_rate: 'Read what customers come back with.',
	avoidable_share: 'Narrow the rule: its reviews say which handoffs were not needed.',
	misrouted_rate: 'Check where it sends these handoffs.'
};

/** What to do about the first weakness. */
export function adviceOf({ rule, weaknesses }: Tuning): string {
	const metric = weaknesses[0]?.metric;
	if (metric === undefined) return '';
	if (metric === 'late_rate' && rule.trigger === 'customer_request')
		return 'Let it take hold at the first request for a person.';
	return advice[metric];
}

/** Points with their direction: "73.1 points more". */
const pointsWords = (value: number) =>
	`${formatNumber(100 * Math.abs(value), 1)} points ${value > 0 ? 'more' : 'fewer'}`;

/** "+70.5 to +75.6", in points. */
export const pointsInterval = ({ low, high }: Pick<Against, 'low' | 'high'>): string | null =>
	low === null || high === null ? null : formatChangeInterval(low, high, 'share');

export const basisWords = ({ basis }: Pick<Against, 'basis'>) =>
	basis === 'topics' ? 'on the same topics' : 'whose topics differ';

/** An interval behind its number: " (2.6–3.1)". */
const spanWords = ({ low, high }: Pick<Against, 'low' | 'high'>) =>
	low === null || high === null ? '' : ` (${formatNumber(low, 1)}–${formatNumber(high, 1)})`;

/** What is wrong with a trigger, after its name: up to the share, which the page makes a link. */
export function tuningWords({ rule, weaknesses }: Tuning): {
	complaint: string;
	metric: ComparedMetric;
	share: string;
	rest: string;
} | null {
	const [first, ...others] = weaknesses;
	const against = first && rule.against[first.metric];
	if (!first || !against || against.value === null) return null;
	const value = rule.values[first.metric];
	const interval = pointsInterval(against);
	const sentences = [
		` of ${formatNumber(value.n)}, ${pointsWords(against.value)} than the other ${rule.route} triggers ${basisWords(against)}${interval ? ` (95 % interval ${interval})` : ''}.`
	];
	const also = [
		...(first.metric === 'late_rate' && rule.pace?.differs && (rule.pace.value ?? 0) > 1
			? [
					`it keeps customers with the AI ${formatNumber(rule.pace.value ?? 0, 1)}${spanWords(rule.pace)} times as long`
				]
			: []),
		...(first.metric === 'late_rate' && rule.attempts.value !== null
			? [
					`tries ${formatNumber(rule.attempts.value, 1)}${spanWords(rule.attempts)} answers on average`
				]
			: []),
		...others.flatMap(({ metric }) => {
			const more = rule.against[metric];
			if (!more || more.value === null) return [];
			const interval = pointsInterval(more);
			return [
				`${pointsWords(more.value)}${interval ? ` (${interval})` : ''} of its ${further[metric]}`
			];
		})
	];
	if (also.length > 0) {
		const [beginning = '', ...more] = also;
		const text = [beginning.charAt(0).toUpperCase() + beginning.slice(1), ...more].join(', ');
		sentences.push(` ${text}.`);
	}
	return {
		complaint: complaints[first.metric],
		metric: first.metric,
		share: formatValue(value.value, 'share'),
		rest: unbroken(sentences.join(''))
	};
}

/** How many rules there are, of which route, and how many handoffs none of them explains. */
export function triggersHeadline(page: TriggersPage): Said {
	const { rules, handoffs, unknown, untriggered, tunings } = page;
	const named = (route: string | null) =>
		rules.filter((rule) => rule.route === route && rule.trigger !== null);
	const behind = (n: number, only: Active[]): Said[number] =>
		n > 0 ? { words: formatNumber(n), narrowing: {}, only } : formatNumber(n);
	/** The handoffs of a route's triggers; those that state a route but no trigger are not of them. */
	const of = (route: string | null): Said[number] =>
		behind(
			named(route).reduce((sum, rule) => sum + rule.handoffs, 0),
			[
				{ dimension: 'route', value: route ?? '' },
				...named(route).map(({ trigger }) => ({
					dimension: 'trigger' as const,
					value: trigger ?? ''
				}))
			]
		);
	const sentences: Said[] = [
		[
			behind(handoffs, []),
			' handoffs: ',
			of('failure'),
			` by ${counted(named('failure').length, 'failure trigger')}, `,
			of('topic'),
			` by ${counted(named('topic').length, 'topic trigger')}.`
		]
	];
	if (untriggered > 0)
		sentences.push([
			behind(untriggered, [{ dimension: 'trigger', value: '' }]),
			unbroken(` (${formatValue(untriggered / handoffs, 'share')}) have no trigger.`)
		]);
	if (unknown > 0)
		sentences.push([
			named(null).length > 0 ? of(null) : formatNumber(unknown),
			' have a trigger that no table names, so their route is not known.'
		]);
	const [first, ...others] = tunings;
	if (first)
		sentences.push([
			others.length === 0
				? `One rule stands out: ${triggerWords(first.rule.trigger)}.`
				: `${tunings.length} rules stand out, first of all ${triggerWords(first.rule.trigger)}.`
		]);
	else if (page.tested > 0) sentences.push(['No rule stands out.']);
	return joined(sentences, ' ');
}

const counted = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** What another threshold would do, in sentences; the first is about the volume, which is known. */
export function thresholdWords(page: ThresholdPage, weeks: number): string[] {
	const { now, chosen, inForce } = page;
	if (!now || !inForce) return [];
	const all = page.kept.confident + page.handed.confident;
	const volume = ({ handoffs, handoffRate }: typeof now) =>
		`${formatNumber(handoffs)} of ${formatNumber(all)} conversations (${formatValue(handoffRate, 'share')})`;
	const band = ({ lower, upper }: typeof now) => formatInterval(lower, upper, 'share') ?? '';
	const at = (threshold: number) => formatNumber(threshold, 2);
	if (!chosen || chosen.threshold === inForce.threshold)
		return [
			`Below ${at(inForce.threshold)}, the threshold in force, ${volume(now)} were handed over. Resolved: ${band(now)}; how ${formatValue(1 - (now.shareIdentified ?? 0), 'share')} of them ended was not logged.`
		].map(unbroken);
	const more = chosen.handoffs - now.handoffs;
	const weekly = Math.abs(more) / weeks;
	return [
		`Below ${at(chosen.threshold)} instead of ${at(inForce.threshold)}, ${volume(chosen)} would have been handed over instead of ${formatNumber(now.handoffs)}: ${formatNumber(Math.abs(more))} ${more < 0 ? 'fewer' : 'more'}, ${formatNumber(weekly, weekly < 10 ? 1 : 0)} a week.`,
		`Resolved: ${band(chosen)}, for the log holds the end of ${formatValue(chosen.shareIdentified, 'share')} of them; now ${band(now)}.`,
		...((chosen.shareIdentified ?? 0) < 0.9 ? ['Too little is known there to decide by.'] : [])
	].map(unbroken);
}

/** Where too little is known: "outside 0.30 to 0.64", "above 0.64"; null where enough is everywhere. */
export function greyWords({ known }: Pick<ThresholdPage, 'known'>): string | null {
	const at = (value: number) => formatNumber(value, 2);
	if (!known) return 'at every threshold';
	if (known.from <= 0) return known.to >= 1 ? null : `above ${at(known.to)}`;
	return known.to >= 1
		? `below ${at(known.from)}`
		: `outside ${at(known.from)} to ${at(known.to)}`;
}

type Jumped = ThresholdPage['jumps'][number];

/** How handed-over conversations differ from kept ones just at the threshold, in a sentence. */
export function jumpWords({ bandwidth, jump }: Jumped, closer?: Jumped): string {
	const points = (value: number) => formatNumber(100 * value, 1);
	const size = (one: Jumped['jump']) =>
		`${points(Math.abs(one.effect))} points ${one.effect < 0 ? 'less' : 'more'} often`;
	const sure = (one: Jumped['jump']) =>
		`${points(one.low)} to ${points(one.high)}, n = ${formatNumber(one.n)}`;
	const also = closer
		? `; within ${formatNumber(closer.bandwidth, 2)}: ${size(closer.jump)} (${sure(closer.jump)})`
		: '';
	return unbroken(
		`conversations handed over were resolved ${size(jump)} than those kept (95 % interval ${sure(jump)}, within ${formatNumber(bandwidth, 2)}${also}).`
	);
}

/** What a column of changes says. */
export const changeNote = (among: string): string =>
	`Bold: holds with all ${among} looked at. The last week is judged by its own control chart.`;

/** Keeps a number with its unit on one line. */
export function unbroken(sentence: string): string {
	return sentence.replace(/(?<=\d) (?=%|points\b|handoffs\b)/g, '\u00a0');
}
