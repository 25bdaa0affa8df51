/**
 * What a line of a log is: the only definition. The tables, the SQL checks, the JSON Schema and
 * docs/log-format.md are made from it (ingest/checks.ts, ingest/describe.ts).
 */
import { z } from 'zod';
import {
	choice,
	count,
	flag,
	list,
	number,
	seconds,
	text,
	textOf,
	time,
	type Kind
} from './kinds.ts';

export type FieldMeta = {
	kind: Kind;
	/** What it is, in a sentence. */
	description: string;
	/** Unit of the value, where it has one. */
	unit?: string;
	/** A line without it is refused. */
	required?: true;
};

const fields = z.registry<FieldMeta>();

type FieldOptions = Omit<FieldMeta, 'kind' | 'description'>;

/** A field of the log: raw value in, typed value or null out. */
function field<T>(kind: Kind<T>, description: string, options: FieldOptions = {}) {
	const schema = z
		.unknown()
		.optional()
		.transform((raw, context): T | null => {
			const v = textOf(raw);
			if (v === null) {
				if (options.required) context.addIssue({ code: 'custom', message: 'is empty' });
				return null;
			}
			if (/\p{Surrogate}/u.test(v)) {
				context.addIssue({ code: 'custom', message: 'holds half a character' });
				return null;
			}
			const reading = kind.read(v);
			if ('value' in reading) return reading.value;
			context.addIssue({ code: 'custom', message: reading.fault });
			return null;
		});
	return schema.register(fields, { kind, description, ...options });
}

export const outcomes = [
	'resolved',
	'unresolved',
	'abandoned',
	'returned_to_ai',
	'transferred',
	'callback',
	'answered',
	'not_connected'
] as const;

export const contextItems = [
	'transcript',
	'summary',
	'identity',
	'records',
	'reason',
	'intent',
	'attempts',
	'sentiment',
	'recommendation',
	'articles'
] as const;

const score = number(-1, 1);
const rating = number(-1000, 1000, 'number on the scale of csat_scale');
const scale = number(2, 1000, 'number, 2 to 1000; empty = 5');

/** A label; of conversations without a handoff as well, which may have lacked one. */
const rightTurn = field(
	count(),
	'A label: the turn of the customer, counted from 1, at which it should have been handed over; 0 = at none.'
);

const contact = {
	customer_id: field(text(), 'The customer. Replaced by a keyed hash on the way in.'),
	channel: field(text(100), 'Where the conversation took place: chat, email, voice, messaging …'),
	language: field(text(100), 'Language of the conversation.'),
	customer_tier: field(text(100), 'Tier or plan of the customer.'),
	ai_version: field(text(100), 'Version of the AI, its model or its content.')
};

const survey = {
	csat: field(
		rating,
		'Satisfaction given by the customer; stored on 1–5 as 1 + 4·(csat − 1)/(scale − 1).'
	),
	csat_scale: field(scale, 'Top of the scale that csat was asked on; the bottom is 1.')
};

/** One moment the AI stopped and a person was to take over. */
export const handoff = z.object({
	handoff_id: field(
		text(),
		'Key: a later line with the same key adds to the earlier one. If empty, made from conversation_id and handed_off_at.'
	),
	conversation_id: field(
		text(),
		'The conversation; it may hold several handoffs and handbacks.',
		{
			required: true
		}
	),
	...contact,
	team: field(text(100), 'Team of the person who took over.'),
	agent_id: field(text(), 'The person who took over. Replaced by a keyed hash on the way in.'),
	started_at: field(time, 'When the conversation with the AI began.'),
	handed_off_at: field(time, 'When the AI stopped.', { required: true }),
	first_human_reply_at: field(time, 'When a person first replied.'),
	resolved_at: field(time, 'When the matter was resolved.'),
	wait_before_s: field(
		seconds,
		'Time with the AI before the handoff. Taken from started_at and handed_off_at when empty.',
		{ unit: 's' }
	),
	wait_after_s: field(
		seconds,
		'Time from the handoff to the first human reply, or to giving up. Taken from handed_off_at and first_human_reply_at when empty.',
		{ unit: 's' }
	),
	handle_s: field(seconds, 'Work of the person, after-contact work included.', { unit: 's' }),
	trigger: field(text(100), 'Why it was handed over. Empty is a bucket of its own.'),
	route: field(
		choice(['failure', 'topic']),
		'Whether the AI failed or the topic belongs with a person. Taken from the trigger table when empty.'
	),
	topic: field(text(200), 'What the customer came for.'),
	subtopic: field(text(200), 'A finer topic.'),
	queue: field(text(200), 'Queue it was handed to.'),
	resolved_queue: field(text(200), 'Queue in which it ended.'),
	transfers: field(count(), 'Moves between queues after the handoff.'),
	outcome: field(
		choice(outcomes),
		'What became of it. answered = a person replied, the end was not logged; not_connected = the handoff was tried and nobody came.'
	),
	context: field(list(contextItems), 'What travelled with the customer.'),
	announced: field(flag, 'Whether the customer was told of the handoff.'),
	reasked: field(count({ yes: true }), 'Questions asked again that the AI already had answered.'),
	human_requests: field(count(), 'Times the customer asked for a person before getting one.'),
	ai_attempts: field(count(), 'Answers the AI tried.'),
	handoff_turn: field(
		count(),
		'Turn of the customer, counted from 1, at which the AI handed over. Held against right_turn.'
	),
	confidence: field(number(0, 1), 'Confidence of the AI at the handoff.', { unit: '0–1' }),
	sentiment_start: field(score, 'Sentiment at the start.', { unit: '−1–1' }),
	sentiment_end: field(score, 'Sentiment at the handoff.', { unit: '−1–1' }),
	...survey,
	csat_at: field(time, 'When the survey was answered.'),
	necessary: field(flag, "A reviewer's verdict: whether a person was needed."),
	lacked: field(
		choice(['information', 'authority', 'integration', 'judgement', 'empathy']),
		"A reviewer's verdict: what the AI lacked."
	),
	right_turn: rightTurn,
	question: field(text(20_000), "The customer's question in their own words."),
	summary: field(text(20_000), 'Summary handed to the person.'),
	resolution: field(text(20_000), 'How the person resolved it.')
});

/** Any contact, handed over or not: the baseline that handoffs are seen against. Optional. */
export const conversation = z.object({
	conversation_id: field(text(), 'Key; the same as in the handoff records.', { required: true }),
	...contact,
	topic: field(text(200), 'What the customer came for.'),
	started_at: field(time, 'When it began.', { required: true }),
	ended_at: field(time, 'When it ended.'),
	handled_by: field(
		choice(['ai', 'human']),
		'Who handled it first. Handed-off conversations are known from the handoffs.'
	),
	resolution: field(
		choice(['confirmed', 'assumed', 'unresolved', 'abandoned']),
		'How it ended, as the AI or the customer said.'
	),
	confidence: field(
		number(0, 1),
		'Lowest confidence of the AI in it: what a threshold for handing over is held against.',
		{ unit: '0–1' }
	),
	right_turn: rightTurn,
	...survey
});

export const records = { handoff, conversation };
export type RecordKind = keyof typeof records;
export const recordKinds: RecordKind[] = ['handoff', 'conversation'];

export type Field = FieldMeta & { name: string };

/** The fields of a record in the order of its tables. */
export function fieldsOf(record: RecordKind): Field[] {
	return Object.entries(records[record].shape).map(([name, schema]) => {
		const meta = fields.get(schema);
		if (!meta) throw new Error(`${record}.${name} was not made by field()`);
		return { name, ...meta };
	});
}

/** A check over several fields of a line, applied when each of them is without fault. */
export type Rule = {
	record: RecordKind;
	/** Field that the fault is filed under. */
	field: string;
	reason: string;
	broken(row: Record<string, unknown>): boolean;
	/** SQL twin of `broken` over typed columns. */
	brokenSql: string;
};

function runsBackwards(record: RecordKind, earlier: string, later: string): Rule {
	return {
		record,
		field: later,
		reason: `is before ${earlier}: a clock runs backwards`,
		broken: ({ [earlier]: a, [later]: b }) => a instanceof Date && b instanceof Date && b < a,
		brokenSql: `${later} < ${earlier}`
	};
}

function offTheScale(record: RecordKind): Rule {
	return {
		record,
		field: 'csat',
		reason: 'is not between 1 and csat_scale (5 when empty)',
		broken: ({ csat, csat_scale }) =>
			typeof csat === 'number' &&
			(csat < 1 || csat > (typeof csat_scale === 'number' ? csat_scale : 5)),
		brokenSql: 'csat < 1 or csat > coalesce(csat_scale, 5)'
	};
}

export const rules: Rule[] = [
	runsBackwards('handoff', 'started_at', 'handed_off_at'),
	runsBackwards('handoff', 'handed_off_at', 'first_human_reply_at'),
	runsBackwards('handoff', 'handed_off_at', 'resolved_at'),
	runsBackwards('handoff', 'first_human_reply_at', 'resolved_at'),
	offTheScale('handoff'),
	runsBackwards('conversation', 'started_at', 'ended_at'),
	offTheScale('conversation')
];

export type Fault = { field: string; reason: string };

/**
 * Reads one line of a log against the contract.
 * @returns the typed record, or its first fault in field order, rules last
 */
export function readRecord(
	record: RecordKind,
	line: Record<string, unknown>
): { value: Record<string, unknown> } | { fault: Fault } {
	const parsed = records[record].safeParse(line);
	if (!parsed.success) {
		const order = Object.keys(records[record].shape);
		const [first] = parsed.error.issues
			.map((issue) => ({ field: String(issue.path[0]), reason: issue.message }))
			.sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
		if (first) return { fault: first };
	}
	const value: Record<string, unknown> = { ...parsed.data };
	const broken = rules.find((rule) => rule.record === record && rule.broken(value));
	return broken ? { fault: { field: broken.field, reason: broken.reason } } : { value };
}
