/** Rows of queries/fixes. */
import { z } from 'zod';
import type { Fix } from '../../fix.ts';
import { fixStatuses, type JudgedFix } from '../../fixVerdict.ts';
import { fixVerdictWords } from '../../fixWords.ts';

export const fixRow = z.strictObject({
	fix_id: z.int(),
	what: z.string(),
	who: z.string().nullable(),
	done_on: z.string(),
	link: z.string().nullable(),
	topic: z.string(),
	phrase_group: z.string().nullable(),
	recorded_at: z.string(),
	ended_at: z.string().nullable()
}) satisfies z.ZodType<Fix>;

const count = (about: string) => z.int().nullable().describe(about);
const number = (about: string) => z.number().nullable().describe(about);

/** What is told of a fix beside what was recorded; null where it is not known. */
const verdictRow = z.strictObject({
	status: z.enum(fixStatuses).nullable().describe('The verdict in a word.'),
	back_since: z
		.string()
		.nullable()
		.describe('Monday of about the week since which a relapsed one is back.'),
	weeks_before: count('Full weeks before it that are looked at.'),
	weeks_since: count('Full weeks since, up to the fix that ends them.'),
	failures_before: count('Failures in the weeks before.'),
	failures_after: count('Failures in the weeks after it that decide, 13 at most.'),
	ratio: number('Its rate after over before, over the same of the other topics.'),
	ratio_low: number('Lower end of the 95 % interval of the ratio.'),
	ratio_high: number('Upper end of the same.'),
	detectable_ratio: number('The ratio that would have shown in four of five cases.'),
	averted: number('Failures averted in all weeks since; below 0 where there were more.'),
	averted_low: number('Lower end of their 95 % interval.'),
	averted_high: number('Upper end of the same.'),
	hours: number('Hours of agents saved since; null also without handle times.'),
	hours_low: number('Lower end of their 95 % interval.'),
	hours_high: number('Upper end of the same.'),
	verdict: z.string().nullable().describe('The verdict in a sentence or two.')
});
type VerdictRow = z.infer<typeof verdictRow>;

/** The verdict on a fix as files, the API and the command line have it; of null all is null. */
export function verdictRowOf(judged: JudgedFix | null): VerdictRow {
	// Of a log that tells no failure from another handoff, none is not a count.
	const seen = judged?.unrouted ? null : judged;
	return {
		status: judged?.status ?? null,
		back_since: judged?.back?.since ?? null,
		weeks_before: judged?.weeks.before ?? null,
		weeks_since: judged?.weeks.since ?? null,
		failures_before: seen?.failures.before ?? null,
		failures_after: seen?.failures.after ?? null,
		ratio: judged?.effect?.ratio ?? null,
		ratio_low: judged?.effect?.low ?? null,
		ratio_high: judged?.effect?.high ?? null,
		detectable_ratio: judged?.effect?.detectable ?? null,
		averted: judged?.averted?.value ?? null,
		averted_low: judged?.averted?.low ?? null,
		averted_high: judged?.averted?.high ?? null,
		hours: judged?.hours?.value ?? null,
		hours_low: judged?.hours?.low ?? null,
		hours_high: judged?.hours?.high ?? null,
		verdict: judged && fixVerdictWords(judged)
	};
}

/** A fix of the list with its verdict; that of a version that has ended is null. */
export const listedFixRow = fixRow.extend(verdictRow.shape);
export type ListedFix = z.infer<typeof listedFixRow>;

/** The names of a verdict's columns, in their order. */
export const verdictColumns = Object.keys(verdictRow.shape) as (keyof VerdictRow)[];

export const fixTopicRow = z.strictObject({ topic: z.string() });
