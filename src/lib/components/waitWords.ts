import { binWords } from '../charts/csatWaits.ts';
import { topicWords, triggerWords } from '../charts/words.ts';
import { formatDuration, formatInterval, formatNumber, formatValue } from '../format.ts';
import type { Bounds, Narrowing } from '../handoffs.ts';
import { metrics } from '../metrics.ts';
import { countedHandoffs } from '../narrowings.ts';
import { read } from '../reading.ts';
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
} from '../waits.ts';
import { handoffsAddress } from '../handoffs.ts';
import type { Active, Extra } from './address.ts';
import { placeOf } from './address.ts';
import { unbroken } from './repeatWords.ts';

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

const sureWords = ({ low, high, n }: Share): string => {
	const interval = formatInterval(low, high, 'share');
	return `${interval ? `${interval}, ` : ''}n = ${formatNumber(n)}`;
};

/** The page in sentences: both waits, who waited longer after, who gave up. */
export function waitsHeadline({ numbers }: WaitsPage): string[] {
	const said = (id: keyof WaitsPage['numbers']) => {
		const reading = read(id, numbers[id].estimate);
		return reading.state === 'value' ? reading : null;
	};
	const sentences: string[] = [];
	const [before, after] = [said('wait_before_p50'), said('wait_after_p50')];
	const [longBefore, longAfter] = [said('wait_before_p90'), said('wait_after_p90')];
	const ai = (value: string) => `${value} with the AI`;
	const person = (value: string) => `${value} for a person`;
	const both = (a: string | undefined, b: string | undefined) =>
		[...(a ? [ai(a)] : []), ...(b ? [person(b)] : [])].join(' and ');
	if (before || after)
		sentences.push(`Customers waited a median of ${both(before?.value, after?.value)}.`);
	if (longBefore || longAfter)
		sentences.push(`One in ten waited more than ${both(longBefore?.value, longAfter?.value)}.`);
	const longer = said('longer_after_share');
	if (longer) sentences.push(`${longer.value} waited longer after the handoff than before it.`);
	const abandoned = said('abandonment_rate');
	if (abandoned) sentences.push(`${abandoned.value} gave up.`);
	return sentences.map(unbroken);
}

/** Where a response falls, or that it does not, in a sentence; null where the log has none of it. */
export function fallSentence({ response, bins, fall, p }: Dose): string | null {
	if (bins.length === 0) return null;
	const { bad, hits } = responseWords[response];
	if (fall) {
		const mix = fall.isWithin ? ' at the same topic mix' : '';
		return unbroken(
			`From ${formatDuration(fall.at_s)} on ${bad}: ${formatValue(fall.before.value, 'share')} ${hits} below it (${sureWords(fall.before)}), ${formatValue(fall.after.value, 'share')} beyond (${sureWords(fall.after)})${mix}; ${p !== null && p < 0.001 ? 'p < 0.001' : `p = ${formatNumber(p ?? 0, 3)}`}.`
		);
	}
	if (p === null) return 'Too few bad ends to look for a point where it turns worse.';
	return 'No point from which on it is clearly worse.';
}

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
export function middleSentences(bins: MiddleBin[]): string[] {
	const [first, last] = [bins[0], bins.at(-1)];
	if (!first || !last || first === last) return [];
	const { floor } = metrics.avoidable_share;
	const words = (share: Share, what: string) =>
		share.n < floor || share.value === null
			? []
			: [`${formatValue(share.value, 'share')} ${what} (${sureWords(share)})`];
	const early = words(first.avoidable, 'of the reviewed needed no person');
	const late = [
		...words(last.avoidable, 'of the reviewed needed no person'),
		...words(last.abandoned, 'were abandoned'),
		...words(last.unhappy, 'of the answers are 1 or 2')
	];
	return [
		...(early.length > 0
			? [`Handed over within ${formatDuration(first.to_s ?? 0)}: ${early.join(', ')}.`]
			: []),
		...(late.length > 0 ? [`After ${binWords(last)}: ${late.join(', ')}.`] : [])
	].map(unbroken);
}
