/** Fixes in words. */
import type { Condition } from './analysis/fixVerification.ts';
import { topicWords } from './charts/words.ts';
import { formatDate, formatNumber } from './format.ts';
import type { FixStatus, FixVerdict, JudgedFix, MovedTopic } from './fixVerdict.ts';
import { hourWords, sinceWords } from './gapWords.ts';
import type { Ranged } from './gaps.ts';

export const fixStatusWords: Record<FixStatus, string> = {
	verified: 'Verified',
	'not proven yet': 'Not proven yet',
	relapsed: 'Relapsed',
	'too early': 'Too early'
};

/** Full weeks that a verdict needs on each side. */
const needed = 4;

const percent = (share: number) => `${formatNumber(share * 100)} %`;
const counted = (n: number, one: string) => `${formatNumber(n)} ${one}${n === 1 ? '' : 's'}`;

/** A change of a rate by its ratio: "fell by 42 %", "rose by 5 %". */
const moved = (ratio: number) =>
	ratio < 1 ? `fell by ${percent(1 - ratio)}` : `rose by ${percent(ratio - 1)}`;

/** A change of a rate by its ratio, signed: "−42 %". */
export const changeWords = (ratio: number) =>
	`${ratio > 1 ? '+' : ratio < 1 ? '−' : ''}${percent(Math.abs(ratio - 1))}`;

/** How failures changed beside the others, with interval: "… fell by 42 % (from −58 % to −19 %) …". */
function effectWords({ effect, weeks, others, isHeldAgainstNone, fix }: FixVerdict): string {
	if (!effect) return 'There is nothing to hold it against yet.';
	const { ratio, low, high } = effect;
	const against =
		fix.phrase_group === null
			? [
					`${counted(others, 'other topic')}${isHeldAgainstNone ? ' and failures without a topic' : ''}`,
					'topic'
				]
			: ['failures with other questions', 'phrase group'];
	return `Against ${against[0]}, failures of the ${against[1]} ${moved(ratio)} (${changeWords(low)} to ${changeWords(high)}) in the ${counted(weeks.after, 'full week')} after it.`;
}

/** What a verified fix needs, each in words; where it is met, and where not. */
export const conditionWords: Record<Condition, (fix: FixVerdict) => string> = {
	weeksBefore: ({ weeks, neighbours }) =>
		weeks.before > 0
			? `${counted(weeks.before, 'full week')} before it, of ${needed} needed`
			: neighbours.before === null
				? 'the log has no full week before it'
				: 'no full week of the log lies between it and the fix before it',
	weeksAfter: ({ weeks }) => `${counted(weeks.after, 'full week')} after it, of ${needed} needed`,
	eventsBefore: (fix) =>
		isUnknown(fix, 'eventsBefore')
			? 'failures before it are not known'
			: `${counted(fix.failures.before, 'failure')} before it, of 30 needed`,
	interval: ({ effect }) => {
		if (!effect) return 'there is nothing to hold it against';
		if (effect.high < 1) return 'the fall is more than chance';
		return effect.ratio < 1
			? 'the fall could be chance: its interval reaches no change'
			: 'failures did not fall against the others';
	},
	placebos: (fix) =>
		isUnknown(fix, 'placebos')
			? 'topics without a fix to compare with are not known'
			: `${counted(fix.placebos, 'topic')} without a fix to compare with, of 5 needed`,
	strongest: (fix) =>
		isUnknown(fix, 'strongest')
			? 'not known whether a topic without a fix fell as much'
			: isMet(fix, 'strongest')
				? 'no topic without a fix fell as much'
				: asStrongWords(fix),
	preTrend: (fix) =>
		isUnknown(fix, 'preTrend')
			? 'not known whether it was moving apart from the others before'
			: isMet(fix, 'preTrend')
				? 'it did not move apart from the others before'
				: 'it was already moving apart from the others before'
};

/** Topics that did as well without a fix: "Refunds (−55 %) fell as much without a fix". */
function asStrongWords({ asStrong, effect }: FixVerdict): string {
	if (!effect || effect.ratio >= 1)
		return `${counted(asStrong.length, 'topic')} without a fix did as well, or better`;
	const names = asStrong.slice(0, 3).map(named);
	const more = asStrong.length - names.length;
	if (names.length === 0) return 'a topic without a fix fell as much';
	const all = more > 0 ? [...names, `${more} more`] : names;
	return `${[all.slice(0, -1).join(', '), all.at(-1)].filter(Boolean).join(' and ')} fell as much without a fix`;
}

const named = ({ key, ratio }: MovedTopic) =>
	`${topicWords(key === '' ? null : key)} (${ratio === null ? 'on one side only' : changeWords(ratio)})`;

/** Whether a condition could not be looked at: that is no sign against a fix. */
export function isUnknown(fix: FixVerdict, name: Condition): boolean {
	const { effect, placebos, weeks, conditions } = fix;
	if (name === 'strongest') return effect === null || placebos === 0;
	if (name === 'preTrend')
		return (conditions.find((one) => one.name === name)?.value ?? null) === null;
	if (name === 'interval') return effect === null;
	if (name === 'eventsBefore' || name === 'placebos') return fix.unrouted || weeks.before === 0;
	return false;
}

const isMet = ({ conditions }: FixVerdict, name: Condition) =>
	conditions.find((one) => one.name === name)?.isMet ?? false;

/** Topics that it is not held against, and why; null where all are. */
export function movedWords(moved: readonly MovedTopic[]): string | null {
	if (moved.length === 0) return null;
	return `Not held against ${moved.map(named).join(', ')}, whose failures moved apart from those of the other topics by more than chance.`;
}

/** The smallest fall that would have been seen in four of five cases. */
export function detectableWords({ effect, failures }: FixVerdict): string | null {
	if (!effect || failures.before === 0) return null;
	return `A fall by ${percent(1 - effect.detectable)} or more would have shown.`;
}

/** The verdict on a fix, in a sentence or two. */
export function fixVerdictWords(fix: FixVerdict): string {
	const { status, weeks, conditions, back, neighbours, effect } = fix;
	const both =
		neighbours.sameWeek > 0 ? [' Another fix of the same week is judged with it.'] : [];
	if (status === 'too early') {
		const left = needed - weeks.since;
		const since = weeks.since === 0 ? 'no full week' : counted(weeks.since, 'full week');
		return `Too early: ${since} since, ${left} more needed.${both.join('')}`;
	}
	if (status === 'relapsed' && back)
		return `Relapsed: verified by the first ${formatNumber(weeks.after)} full weeks, but ${back.share >= 1 ? 'all' : percent(back.share)} of the ${back.of === 'excess' ? 'excess that it had before' : 'fall'} is back in the last 4 weeks${back.since === null ? '' : `, ${sinceWords(back.since)}`}.${both.join('')}`;
	if (status === 'verified') return `Verified: ${lower(effectWords(fix))}${both.join('')}`;
	if (fix.unrouted)
		return `Not proven yet: the log carries neither route nor trigger, so no failure is known.`;
	const unmet = conditions.filter((one) => !one.isMet);
	const known = unmet.filter(({ name }) => !isUnknown(fix, name));
	const why = (known.length > 0 ? known : unmet).map(({ name }) => conditionWords[name](fix));
	if (!effect && weeks.before > 0) why.push(conditionWords.interval(fix));
	const ended =
		neighbours.after !== null && weeks.since < needed
			? ` The next fix of ${fix.group === null ? 'the topic' : 'it or its topic'} came after ${weeks.since === 0 ? 'no full week' : counted(weeks.since, 'full week')}.`
			: '';
	return [
		`Not proven yet: ${[...new Set(why)].join('; ')}.${ended}`,
		fix.effect && weeks.after > 0 ? effectWords(fix) : null,
		detectableWords(fix)
	]
		.filter((one) => one !== null)
		.join(' ')
		.concat(both.join(''));
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** Whose minutes a failure's are, where that needs saying; begins with a space or a comma. */
export function minutesWords({ group, minutesOf }: Pick<JudgedFix, 'group' | 'minutesOf'>): string {
	if (minutesOf === 'log') return ', as of all topics: it has too few of known handle time';
	if (group === null) return '';
	return minutesOf === 'group'
		? ' (handle time of the group, drawn towards its topic’s)'
		: ' (handle time of its topic: the group has too few)';
}

/** That its phrase group was merged since; null where it was not. */
export const mergedWords = ({ fix, group, phrase }: JudgedFix): string | null =>
	group === null || group === fix.phrase_group
		? null
		: `Its phrase group was merged into “${phrase ?? group}” since: all handoffs of that group count.`;

/** A number of failures with its interval: "120 (61 to 183)". */
export const avertedWords = ({ value, low, high }: Ranged): string =>
	`${formatNumber(value)} (${formatNumber(low)} to ${formatNumber(high)})`;

/** Hours with their interval: "31 h (16 h to 47 h)"; below zero they were lost. */
export const savedWords = (hours: Ranged): string =>
	`${signedHours(hours.value)} (${hourRange(hours)})`;

/** The interval of hours: "16 h to 47 h". */
export const hourRange = ({ low, high }: Ranged): string =>
	`${signedHours(low)} to ${signedHours(high)}`;

const signedHours = (hours: number) => (hours < 0 ? `−${hourWords(-hours)}` : hourWords(hours));

/** Who did it when: "Ann, 5 Oct 2026". */
export const doneWords = ({ fix }: Pick<FixVerdict, 'fix'>): string =>
	[fix.who, formatDate(fix.done_on)].filter((one) => one !== null).join(', ');
