/** What a sample is made from: its options, its weeks, its effects. */
import { UsageError } from '../errors.ts';
import { dateOf, day, firstMonday, toInstant, yesterday } from './clock.ts';
import { effectsOf, withoutEffects, type Effects } from './effects.ts';
import { versions } from './shop.ts';

export type SampleOptions = {
	/** Full ISO weeks, 30. */
	weeks?: number;
	/** Conversations over all weeks, 60000. */
	conversations?: number;
	/** 7. */
	seed?: number;
	/** Local date; the log ends with the last full ISO week before or at it. Today. */
	end?: string;
	/** Whether anything is planted in it; true. */
	effects?: boolean;
};

export type Plan = Required<Omit<SampleOptions, 'effects'>> & {
	/** First day of the log, days since 1970, a Monday. */
	monday: number;
	/** Midnight after its last day, seconds since 1970. */
	endsAt: number;
	effects: Effects;
};

function wholeNumber(name: string, value: number, least: number, most: number): number {
	if (Number.isInteger(value) && value >= least && value <= most) return value;
	throw new UsageError(`${name} must be a whole number from ${least} to ${most}, not ${value}`);
}

/** @throws UsageError for an option that is out of range */
export function planOf(options: SampleOptions): Plan {
	const weeks = wholeNumber('weeks', options.weeks ?? 30, 1, 520);
	const conversations = wholeNumber('conversations', options.conversations ?? 60_000, 1, 1e8);
	const seed = wholeNumber('seed', options.seed ?? 7, 0, Number.MAX_SAFE_INTEGER);
	// Of a day that is not over, hours are still to come.
	const end = options.end ?? yesterday();
	const monday = firstMonday(end, weeks);
	const endsAt = toInstant((monday + 7 * weeks) * day);
	const planted = effectsOf(weeks, monday);
	const effects = options.effects === false ? withoutEffects(planted) : planted;
	return { weeks, conversations, seed, end, monday, endsAt, effects };
}

/** First week of each AI version, counted from 0. */
const versionWeek = (from: number, weeks: number) => Math.floor(from * weeks);

export function versionIn(week: number, weeks: number): string {
	const begun = versions.filter(({ from }) => versionWeek(from, weeks) <= week);
	return begun.at(-1)?.name ?? versions[0].name;
}

export const versionStarts = ({ weeks, monday }: Plan) =>
	versions.map(({ name, from }) => ({
		ai_version: name,
		from_week: dateOf(monday + 7 * versionWeek(from, weeks))
	}));
