/** What a review may be, however it comes: from a form or from a file. */
import { z } from 'zod';
import { isDate } from '../../dates.ts';
import { lackedChoices } from '../../handoff.ts';

/** Free text; without any it says nothing. Line ends are those of no operating system in particular. */
const words = (most: number) =>
	z
		.string({ error: ({ input }) => `is ${shown(input)}, not a text` })
		.transform((text) => text.replace(/\r\n?/g, '\n').trim())
		.refine((text) => !text.includes('\0'), { error: 'holds a NUL, which is no text' })
		.pipe(z.string().max(most, { error: `is longer than ${most} characters` }))
		.transform((text) => (text === '' ? null : text))
		.nullable()
		.default(null);

/** A value at fault, as a sentence names it. */
export const shown = (value: unknown) =>
	value === undefined ? 'missing' : typeof value === 'string' ? `“${value}”` : String(value);

/** A verdict as a reviewer gives it. */
export const reviewSchema = z.strictObject({
	handoff_id: z
		.string({ error: ({ input }) => `is ${shown(input)}, not a text` })
		.min(1, { error: 'is empty' }),
	/** Whether a person was needed; null: the reviewer cannot tell. */
	necessary: z
		.boolean({
			error: ({ input }) => `is ${shown(input)}, not true, false or null (in CSV: unsure)`
		})
		.nullable(),
	lacked: z
		.enum(lackedChoices, {
			error: ({ input }) => `is ${shown(input)}, none of ${lackedChoices.join(', ')}`
		})
		.nullable()
		.default(null),
	note: words(2000),
	reviewer: words(100)
});

/** How far clocks of two machines may differ, in ms, before a time counts as one of the future. */
const clockRoom = 86_400_000;

const written = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)$/i;

/** A time with offset as UTC to the microsecond, '2026-11-09T12:00:00.000000Z'; null where it is none. */
export function microsecondsOf(text: string): string | null {
	const [, day = '', minute = '', second = '00', fraction = '', offset = ''] =
		written.exec(text.trim()) ?? [];
	if (!isDate(day)) return null;
	const zone = offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset;
	const time = Date.parse(`${day}T${minute}:${second}${zone.toUpperCase()}`);
	if (Number.isNaN(time)) return null;
	const whole = new Date(time).toISOString().slice(0, 19);
	return `${whole}.${fraction.slice(0, 6).padEnd(6, '0')}Z`;
}

const time = z
	.string({ error: ({ input }) => `is ${shown(input)}, not a time` })
	.transform((text, context) => {
		const at = microsecondsOf(text);
		if (at === null)
			context.addIssue(
				text.trim() === ''
					? 'is missing'
					: `is “${text}”, not a time with offset such as 2026-11-09T12:00:00Z`
			);
		else if (Date.parse(at) > Date.now() + clockRoom)
			context.addIssue(`is ${text}, which lies in the future`);
		return at ?? '';
	});

/** A review with the time at which it was given, and that until which it held (null: it holds). */
export const keptReviewSchema = reviewSchema
	.extend({ reviewed_at: time, ended_at: time.nullable().default(null) })
	.refine(({ reviewed_at, ended_at }) => ended_at === null || ended_at >= reviewed_at, {
		path: ['ended_at'],
		error: 'lies before reviewed_at'
	});
export type KeptReview = z.output<typeof keptReviewSchema>;

/**
 * What is wrong with a review, in a sentence without its stop: the field and its fault.
 * @param whole what the fields are of, for a fault of none of them
 */
export function faultOf(error: z.ZodError, whole = 'the review'): string {
	const [issue] = error.issues;
	return `${issue?.path.join('.') || whole} ${issue?.message.replace(/\.$/, '')}`;
}
