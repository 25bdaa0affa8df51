/** The shape of the report of a week as data, for the OpenAPI document. */
import { z } from 'zod';
import { metricIds } from '../../metrics.ts';
import { splittable } from '../../moved.ts';
import { comparisons, filterDimensions } from '../../scope.ts';
import { estimateSchema } from '../measure/metricsQuery.ts';

const metric = z.enum(metricIds);
const monday = z.string().describe('Monday of a week.');
const url = z.string().nullable();
const effect = z.enum(['mix', 'rate', 'volume', 'share', 'count']);
const ends = z.strictObject({ first: monday, last: monday });
const limits = z.strictObject({ low: z.number().nullable(), high: z.number().nullable() });
const period = z.strictObject({ from: z.string(), to: z.string(), weeks: z.number() });

const cause = z.strictObject({
	dimension: z.enum(['topic', 'subtopic', 'trigger', 'queue', 'channel', 'ai_version', 'moved']),
	key: z.string().nullable(),
	effect: z.enum([...effect.options, 'all']),
	share: z.number(),
	grew: z.boolean().nullable(),
	trigger: z.string().nullable()
});

const finding = z.strictObject({
	metric,
	topic: z.strictObject({ key: z.string().nullable() }).nullable(),
	week: monday,
	usual: z.number(),
	now: estimateSchema,
	baseline: ends,
	chance: z.number(),
	causes: z.array(cause),
	words: z.string(),
	url
});

const number = z.strictObject({
	metric,
	label: z.string(),
	week: monday,
	...estimateSchema.shape,
	usual: z.number().nullable(),
	limits,
	verdict: z.enum(['signal', 'shift', 'steady']).nullable(),
	change: z
		.strictObject({
			against: z.enum(comparisons),
			before: z.number().nullable(),
			difference: z.number().nullable(),
			...limits.shape
		})
		.nullable()
		.describe('From the usual weeks, or the week before where there are too few.'),
	words: z.string()
});

const side = z.strictObject({ n: z.number(), value: z.number().nullable() });

const moved = z.strictObject({
	metric: z.enum(splittable),
	against: z.enum(comparisons),
	before: z.number(),
	after: z.number(),
	change: z.number(),
	effects: z.array(effect),
	totals: z.array(z.number()),
	before_period: period,
	after_period: period,
	topics: z.array(
		z.strictObject({
			topic: z.string().nullable(),
			joined: z
				.array(z.string().nullable())
				.nullable()
				.describe('Where topics are too thin to say a rate of: which this row is of.'),
			before: side,
			after: side,
			parts: z.array(z.number()),
			interval: z.strictObject({ low: z.number(), high: z.number() }).nullable()
		})
	)
});

const lowest = z.strictObject({
	handoff_id: z.string(),
	handed_off_local: z.string().nullable(),
	topic: z.string().nullable(),
	channel: z.string().nullable(),
	score: z.number().nullable(),
	score_coverage: z.number().nullable(),
	csat: z.number().nullable(),
	reasons: z.array(z.string()),
	url
});

const health = z.strictObject({
	quarantined: z.int(),
	trigger_missing: z.int(),
	trigger_unknown: z.int(),
	unknown_triggers: z.array(z.string()),
	waits_disputed: z.int(),
	fields: z.array(
		z.strictObject({
			record: z.enum(['handoff', 'conversation']),
			field: z.string(),
			share: z.number().nullable()
		})
	),
	last_handoff: z.string().nullable(),
	words: z.string()
});

/** The report as data. */
export const weekJsonSchema = z.strictObject({
	title: z.string(),
	week: z.string().describe('ISO week, such as 2026-W46.'),
	from: z.string(),
	to: z.string().describe('Excluded.'),
	timezone: z.string(),
	is_complete: z.boolean(),
	is_sample: z.boolean(),
	notices: z.array(z.string()),
	url,
	filters: z.partialRecord(z.enum(filterDimensions), z.array(z.string())),
	sentence: z.string(),
	findings: z.array(finding),
	quiet: z.string().nullable(),
	numbers: z.array(number),
	moved: moved.nullable(),
	lowest: z.array(lowest),
	health
});
export type WeekJson = z.infer<typeof weekJsonSchema>;

/** The three forms of a report with its subject. */
export const reportSchema = z.strictObject({
	subject: z.string(),
	html: z.string(),
	text: z.string().describe('Markdown.'),
	json: weekJsonSchema
});
