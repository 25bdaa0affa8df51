import { readFileSync } from 'node:fs';
import { momentOf } from './clock.ts';
import { parseLines } from './csv.ts';

/** A handoff as its line says it. Moments in milliseconds since 1970, null where the line is silent. */
export type Handoff = {
	handoff_id: string | null;
	conversation_id: string;
	customer_id: string | null;
	channel: string | null;
	language: string | null;
	customer_tier: string | null;
	ai_version: string | null;
	team: string | null;
	started_at: number | null;
	handed_off_at: number;
	first_human_reply_at: number | null;
	resolved_at: number | null;
	wait_before_s: number | null;
	wait_after_s: number | null;
	handle_s: number | null;
	trigger: string | null;
	route: string | null;
	topic: string | null;
	subtopic: string | null;
	queue: string | null;
	resolved_queue: string | null;
	transfers: number | null;
	outcome: string | null;
	context: string[] | null;
	announced: boolean | null;
	reasked: number | null;
	human_requests: number | null;
	ai_attempts: number | null;
	csat: number | null;
	csat_scale: number | null;
	necessary: boolean | null;
};

/** A contact, handed over or not, as its line says it. */
export type Conversation = {
	conversation_id: string;
	customer_id: string | null;
	channel: string | null;
	language: string | null;
	customer_tier: string | null;
	ai_version: string | null;
	topic: string | null;
	started_at: number;
	ended_at: number | null;
	handled_by: string | null;
	csat: number | null;
	csat_scale: number | null;
};

class BadLine extends Error {}

const outcomes = [
	'resolved',
	'unresolved',
	'abandoned',
	'returned_to_ai',
	'transferred',
	'callback',
	'answered',
	'not_connected'
];
const contextItems = [
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
];
const lackedWords = ['information', 'authority', 'integration', 'judgement', 'empathy'];

/** Reads the cells of one line, throwing BadLine at the first that is not what it should be. */
function reader(line: Record<string, string | null>, timezone: string | null) {
	const cell = (name: string) => line[name] || null;
	const known = <T>(name: string, read: (text: string) => T): T | null => {
		const text = cell(name);
		return text === null ? null : read(text);
	};
	const text = (name: string, most: number) =>
		known(name, (value) => {
			if ([...value].length > most) throw new BadLine(name);
			return value;
		});
	const number = (name: string, least: number, most: number) =>
		known(name, (value) => {
			const parsed = Number(value);
			if (!/\d/.test(value) || !/^[-+.\de]+$/i.test(value)) throw new BadLine(name);
			if (!(parsed >= least && parsed <= most)) throw new BadLine(name);
			return parsed;
		});
	return {
		text,
		number,
		seconds: (name: string) => number(name, 0, 3.2e9),
		count: (name: string) =>
			known(name, () => {
				const value = number(name, 0, 999_999_999);
				if (!Number.isInteger(value)) throw new BadLine(name);
				return value ?? 0;
			}),
		flag: (name: string) =>
			known(name, (value) => {
				if (/^(true|t|yes|y|1)$/i.test(value)) return true;
				if (/^(false|f|no|n|0)$/i.test(value)) return false;
				throw new BadLine(name);
			}),
		choice: (name: string, words: string[]) =>
			known(name, (value) => {
				const word = value.toLowerCase();
				if (!words.includes(word)) throw new BadLine(name);
				return word;
			}),
		list: (name: string) =>
			known(name, (value) => {
				const items = value
					.replace(/^\[|\]$|"/g, '')
					.split(/[|;,]/)
					.map((item) => item.trim().toLowerCase())
					.filter((item) => item !== '' && item !== 'none');
				if (items.some((item) => !contextItems.includes(item))) throw new BadLine(name);
				return items;
			}),
		time: (name: string) => known(name, (value) => timeOf(name, value, timezone)),
		must: <T>(name: string, value: T | null): T => {
			if (value === null) throw new BadLine(name);
			return value;
		}
	};
}

function timeOf(name: string, value: string, timezone: string | null): number {
	const parts =
		/^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(?:(Z)|([+-])(\d\d)(?::?(\d\d))?)?$/.exec(
			value
		);
	if (!parts) throw new BadLine(name);
	const [year, month, day, hour, minute, second] = parts
		.slice(1, 7)
		.map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
	const wall = Date.UTC(year, month - 1, day, hour, minute, second);
	const shown = new Date(wall);
	const exists =
		shown.getUTCMonth() === month - 1 &&
		shown.getUTCDate() === day &&
		shown.getUTCHours() === hour;
	if (!exists || minute > 59 || second > 59 || year < 1970 || year > 2100)
		throw new BadLine(name);
	const exact = wall + Number(parts[7] ?? 0) * 1000;
	if (parts[8]) return exact;
	if (parts[9] === undefined) {
		if (timezone === null) throw new BadLine(name);
		return momentOf(exact, timezone);
	}
	const offset = Number(parts[10]) * 60 + Number(parts[11] ?? 0);
	return exact - (parts[9] === '-' ? -offset : offset) * 60_000;
}

function inOrder(name: string, earlier: number | null, later: number | null) {
	if (earlier !== null && later !== null && later < earlier) throw new BadLine(name);
}

function survey(read: ReturnType<typeof reader>) {
	const csat = read.number('csat', -1000, 1000);
	const csat_scale = read.number('csat_scale', 2, 1000);
	if (csat !== null && (csat < 1 || csat > (csat_scale ?? 5))) throw new BadLine('csat');
	return { csat, csat_scale };
}

function contact(read: ReturnType<typeof reader>) {
	return {
		conversation_id: read.must('conversation_id', read.text('conversation_id', 500)),
		customer_id: read.text('customer_id', 500),
		channel: read.text('channel', 100),
		language: read.text('language', 100),
		customer_tier: read.text('customer_tier', 100),
		ai_version: read.text('ai_version', 100),
		topic: read.text('topic', 200),
		...survey(read)
	};
}

/** One handoff of a line's cells by column; null where the line is not a handoff. */
export function handoffOf(
	line: Record<string, string | null>,
	timezone: string | null = null
): Handoff | null {
	return orNull(() => {
		const read = reader(line, timezone);
		for (const name of ['question', 'summary', 'resolution']) read.text(name, 20_000);
		read.text('agent_id', 500);
		read.number('confidence', 0, 1);
		read.count('handoff_turn');
		read.count('right_turn');
		read.number('sentiment_start', -1, 1);
		read.number('sentiment_end', -1, 1);
		read.choice('lacked', lackedWords);
		read.time('csat_at');
		const handoff: Handoff = {
			handoff_id: read.text('handoff_id', 500),
			...contact(read),
			team: read.text('team', 100),
			started_at: read.time('started_at'),
			handed_off_at: read.must('handed_off_at', read.time('handed_off_at')),
			first_human_reply_at: read.time('first_human_reply_at'),
			resolved_at: read.time('resolved_at'),
			wait_before_s: read.seconds('wait_before_s'),
			wait_after_s: read.seconds('wait_after_s'),
			handle_s: read.seconds('handle_s'),
			trigger: read.text('trigger', 100),
			route: read.choice('route', ['failure', 'topic']),
			subtopic: read.text('subtopic', 200),
			queue: read.text('queue', 200),
			resolved_queue: read.text('resolved_queue', 200),
			transfers: read.count('transfers'),
			outcome: read.choice('outcome', outcomes),
			context: read.list('context'),
			announced: read.flag('announced'),
			reasked: /^(true|false)$/i.test(line['reasked'] ?? '')
				? Number(read.flag('reasked'))
				: read.count('reasked'),
			human_requests: read.count('human_requests'),
			ai_attempts: read.count('ai_attempts'),
			necessary: read.flag('necessary')
		};
		inOrder('handed_off_at', handoff.started_at, handoff.handed_off_at);
		inOrder('first_human_reply_at', handoff.handed_off_at, handoff.first_human_reply_at);
		inOrder('resolved_at', handoff.handed_off_at, handoff.resolved_at);
		inOrder('resolved_at', handoff.first_human_reply_at, handoff.resolved_at);
		return handoff;
	});
}

/** One conversation of a line's cells by column; null where the line is not a conversation. */
export function conversationOf(
	line: Record<string, string | null>,
	timezone: string | null = null
): Conversation | null {
	return orNull(() => {
		const read = reader(line, timezone);
		read.choice('resolution', ['confirmed', 'assumed', 'unresolved', 'abandoned']);
		read.number('confidence', 0, 1);
		read.count('right_turn');
		const conversation: Conversation = {
			...contact(read),
			started_at: read.must('started_at', read.time('started_at')),
			ended_at: read.time('ended_at'),
			handled_by: read.choice('handled_by', ['ai', 'human'])
		};
		inOrder('ended_at', conversation.started_at, conversation.ended_at);
		return conversation;
	});
}

/** Handoffs of a CSV or TSV file in Seam's own format: bad lines dropped, lines of one key merged. */
export function readHandoffs(file: string, timezone: string | null = null): Handoff[] {
	return merged(
		lines(file).map((line) => handoffOf(line, timezone)),
		(handoff) => handoff.handoff_id ?? `${handoff.conversation_id} at ${handoff.handed_off_at}`
	);
}

/** Conversations of a CSV or TSV file in Seam's own format: bad lines dropped, lines of one key merged. */
export function readConversations(file: string, timezone: string | null = null): Conversation[] {
	return merged(
		lines(file).map((line) => conversationOf(line, timezone)),
		(conversation) => conversation.conversation_id
	);
}

function lines(file: string) {
	return parseLines(readFileSync(file, 'utf8'), file.endsWith('.tsv') ? '\t' : ',');
}

/** A later line of a key adds what it carries to the earlier one. */
export function merged<Row extends object>(
	rows: (Row | null)[],
	keyOf: (row: Row) => string
): Row[] {
	const byKey = new Map<string, Row>();
	for (const row of rows) {
		if (!row) continue;
		const key = keyOf(row);
		const carried = Object.entries(row).filter(([, value]) => value !== null);
		const earlier = byKey.get(key);
		byKey.set(key, earlier ? { ...earlier, ...Object.fromEntries(carried) } : row);
	}
	return [...byKey.values()];
}

function orNull<T>(read: () => T): T | null {
	try {
		return read();
	} catch (error) {
		if (error instanceof BadLine) return null;
		throw error;
	}
}
