/** Bad lines: copies of good ones, each broken in one way that the log format refuses. */
import { csvFormatRow } from 'd3-dsv';
import {
	conversationColumns,
	handoffColumns,
	type ConversationColumn,
	type HandoffColumn,
	type Line
} from './lines.ts';

export type Fault<Column extends string> = {
	kind: string;
	/** The field at fault; null where the line as a whole is. */
	field: Column | null;
	/** How the reason begins. */
	reason: string;
	/** The cells of the broken line. */
	cells(line: Line<Column>): string[];
};

export type BadLine = {
	file: string;
	/** Counted from 1, the header included. */
	line: number;
	kind: string;
	field: string | null;
	reason: string;
};

function shifted(time: string, seconds: number): string {
	const moved = new Date(Date.parse(time) + seconds * 1000);
	return moved.toISOString().replace('.000Z', '+00:00');
}

const withoutOffset = (time: string) => time.slice(0, 19);

function setting<Column extends string>(columns: readonly Column[]) {
	return (
		kind: string,
		field: Column,
		reason: string,
		change: (line: Line<Column>) => Partial<Line<Column>>
	): Fault<Column> => ({
		kind,
		field,
		reason,
		cells: (line) => {
			const broken = { ...line, ...change(line) };
			return columns.map((column) => broken[column]);
		}
	});
}

const onHandoff = setting<HandoffColumn>(handoffColumns);
const onConversation = setting<ConversationColumn>(conversationColumns);

export const handoffFaults: Fault<HandoffColumn>[] = [
	onHandoff('missing_handed_off_at', 'handed_off_at', 'is empty', () => ({ handed_off_at: '' })),
	onHandoff('no_offset', 'handed_off_at', 'has no offset', ({ handed_off_at }) => ({
		handed_off_at: withoutOffset(handed_off_at)
	})),
	onHandoff('impossible_date', 'started_at', 'does not exist in the calendar', () => ({
		started_at: '2026-02-30T10:15:00+01:00'
	})),
	onHandoff('negative_wait', 'wait_after_s', 'is below 0', () => ({ wait_after_s: '-45' })),
	onHandoff('unknown_outcome', 'outcome', 'is not one of', () => ({ outcome: 'solved-ish' })),
	onHandoff('confidence_above_1', 'confidence', 'is not between 0 and 1', () => ({
		confidence: '1.7'
	})),
	onHandoff('csat_above_scale', 'csat', 'is not between 1 and csat_scale', () => ({
		csat: '7',
		csat_scale: '5'
	})),
	onHandoff(
		'reply_before_handoff',
		'first_human_reply_at',
		'is before handed_off_at',
		({ handed_off_at }) => ({
			first_human_reply_at: shifted(handed_off_at, -300),
			resolved_at: '',
			wait_after_s: ''
		})
	),
	onHandoff('handoff_before_start', 'handed_off_at', 'is before started_at', (line) => ({
		started_at: shifted(line.handed_off_at, 1200)
	})),
	onHandoff('unknown_context_item', 'context', 'holds something other than', () => ({
		context: 'transcript|crystal_ball'
	})),
	onHandoff('missing_conversation_id', 'conversation_id', 'is empty', () => ({
		conversation_id: ''
	})),
	{
		kind: 'too_few_columns',
		field: null,
		reason: `has 6 columns, the header has ${handoffColumns.length}`,
		cells: (line) => handoffColumns.slice(0, 6).map((column) => line[column])
	},
	{
		kind: 'too_many_columns',
		field: null,
		reason: `has ${handoffColumns.length + 2} columns, the header has ${handoffColumns.length}`,
		cells: (line) => [...handoffColumns.map((column) => line[column]), 'one', 'more']
	}
];

export const conversationFaults: Fault<ConversationColumn>[] = [
	onConversation('no_offset', 'started_at', 'has no offset', ({ started_at }) => ({
		started_at: withoutOffset(started_at)
	})),
	onConversation('csat_above_scale', 'csat', 'is not between 1 and csat_scale', () => ({
		csat: '9',
		csat_scale: '5'
	})),
	onConversation('end_before_start', 'ended_at', 'is before started_at', ({ started_at }) => ({
		ended_at: shifted(started_at, -600)
	})),
	{
		kind: 'too_few_columns',
		field: null,
		reason: `has 4 columns, the header has ${conversationColumns.length}`,
		cells: (line) => conversationColumns.slice(0, 4).map((column) => line[column])
	}
];

/** Hands out the bad lines of a file, spread evenly over the log. */
export class Faults<Column extends string> {
	#given = 0;
	readonly #faults: readonly Fault<Column>[];
	readonly #everySoMany: number;

	/** @param conversations in the whole log */
	constructor(faults: readonly Fault<Column>[], conversations: number) {
		this.#faults = faults;
		this.#everySoMany = conversations / (faults.length + 1);
	}

	/**
	 * The faults due after so many conversations, as lines made from the good line before them.
	 * @param id conversation that a bad line says it belongs to
	 */
	*after(
		conversations: number,
		good: Line<Column>,
		idOf: (nth: number) => Partial<Line<Column>>
	): Generator<{ text: string; fault: Fault<Column> }> {
		while (conversations >= this.#everySoMany * (this.#given + 1)) {
			const fault = this.#faults[this.#given];
			if (!fault) return;
			this.#given++;
			yield { text: csvFormatRow(fault.cells({ ...good, ...idOf(this.#given) })), fault };
		}
	}
}
