/** What a fix may be, however it comes. */
import { z } from 'zod';
import { isDate } from '../../dates.ts';
import { fixLimits } from '../../fix.ts';
import { shown } from '../reviews/reviewSchema.ts';

/** A text in one line: a ledger is read in rows, also on a terminal. */
const text = z
	.string({ error: ({ input }) => `is ${shown(input)}, not a text` })
	.transform((input) => input.replace(/[\s\p{Cc}]+/gu, ' ').trim());

const atMost = (most: number) =>
	z.string().max(most, { error: `is longer than ${most} characters` });

const needed = (most: number) => text.pipe(atMost(most).min(1, { error: 'is empty' }));

const orNone = (schema: z.ZodType<string, string>) =>
	text
		.pipe(schema)
		.transform((said) => (said === '' ? null : said))
		.nullable();

/** Nothing that a browser would run: links of a ledger are followed by others. */
const isWebAddress = (address: string) =>
	/^https?:\/\/\S+$/i.test(address) && URL.canParse(address);

const link = atMost(fixLimits.link).refine((address) => address === '' || isWebAddress(address), {
	error: ({ input }) => `is ${shown(input)}, not an address that begins with http:// or https://`
});

/** Days before are mistyped: every list and week begins with it. */
const firstDay = '1970-01-01';

const day = z
	.string({ error: ({ input }) => `is ${shown(input)}, not a date such as 2026-10-05` })
	.trim()
	.refine(isDate, {
		error: ({ input }) => `is ${shown(input)}, not a date such as 2026-10-05`
	})
	.refine((date) => !isDate(date) || date >= firstDay, {
		error: ({ input }) => `is ${shown(input)}, not a day since ${firstDay}`
	});

const fields = {
	what: needed(fixLimits.what).meta({
		description: `What was done, up to ${fixLimits.what} characters.`
	}),
	done_on: day.meta({ format: 'date', description: 'Local date, not in the future.' }),
	topic: z
		.string({ error: ({ input }) => `is ${shown(input)}, not a text` })
		.min(1, { error: 'is empty' })
		.meta({ description: 'A topic as the log spells it.' }),
	who: orNone(atMost(fixLimits.who)).meta({
		description: `Who did it, up to ${fixLimits.who} characters.`
	}),
	link: orNone(link).meta({
		description: `An http or https address, up to ${fixLimits.link} characters.`
	}),
	phrase_group: orNone(atMost(fixLimits.phrase_group)).meta({
		description: 'The phrase group within the topic, by its id.'
	})
};

const whole = {
	error: ({ code, keys }: { code?: string; keys?: string[] }) =>
		code === 'unrecognized_keys'
			? `has no field ${keys?.join(', ')}; fixes have ${Object.keys(fields).join(', ')}`
			: 'is not an object with fields'
};

/** A fix as somebody records it. */
export const fixSchema = z.strictObject(
	{
		...fields,
		who: fields.who.default(null),
		link: fields.link.default(null),
		phrase_group: fields.phrase_group.default(null)
	},
	whole
);
export type GivenFix = z.output<typeof fixSchema>;

/** What an edit changes; an empty text or null takes away what may be missing. */
export const fixEditSchema = z.strictObject(
	{
		what: fields.what.optional(),
		done_on: fields.done_on.optional(),
		topic: fields.topic.optional(),
		who: fields.who.optional(),
		link: fields.link.optional(),
		phrase_group: fields.phrase_group.optional()
	},
	whole
);
