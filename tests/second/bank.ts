import { existsSync, readFileSync } from 'node:fs';
import { momentOf } from './clock.ts';
import { parseLines } from './csv.ts';
import type { Handoff } from './records.ts';

const folder = new URL('../../../shared/data/anonymous-bank/', import.meta.url);

export const bankZone = 'Asia/Jerusalem';

/** Where a month of 1999 lies, 1 to 5. */
export const bankFile = (month: number) => new URL(`1999-0${month}.txt`, folder);

/** Whether the months of the bank's log are at hand. */
export const hasBank = existsSync(bankFile(1));

const outcomes: Record<string, string> = {
	AGENT: 'answered',
	HANG: 'abandoned',
	PHANTOM: 'not_connected'
};

/** Calls of one month of the bank's log as handoffs, those with a negative time in the voice unit dropped. */
export function readBank(month: number): Handoff[] {
	return parseLines(readFileSync(bankFile(month), 'utf8'), '\t')
		.filter((call) => Number(call['vru_time']) >= 0)
		.map(handoffOf);
}

function handoffOf(call: Record<string, string | null>): Handoff {
	const cell = (column: string) => call[column] ?? '';
	const [year, month, day] = (cell('date').match(/\d\d/g) ?? []).map(Number);
	const [hour, minute, second] = cell('vru_entry').split(':').map(Number);
	const entered = Date.UTC(
		1900 + (year ?? NaN),
		(month ?? NaN) - 1,
		day ?? NaN,
		hour ?? NaN,
		minute ?? NaN,
		second ?? NaN
	);
	const inUnit = Number(cell('vru_time'));
	const served = Number(cell('ser_time'));
	const conversation_id = `${cell('vru+line')}-${cell('call_id')}-${cell('date')}`;
	return {
		handoff_id: null,
		conversation_id,
		customer_id: cell('customer_id') === '0' ? null : cell('customer_id') || null,
		channel: 'voice',
		language: null,
		customer_tier: cell('priority') === '2' ? 'priority' : 'regular',
		ai_version: null,
		team: null,
		started_at: momentOf(entered, bankZone),
		handed_off_at: momentOf(entered + inUnit * 1000, bankZone),
		first_human_reply_at: null,
		resolved_at: null,
		wait_before_s: inUnit,
		wait_after_s: Number(cell('q_time')),
		handle_s: cell('outcome') === 'AGENT' || served > 0 ? served : null,
		trigger: null,
		route: null,
		topic: cell('type') || null,
		subtopic: null,
		queue: null,
		resolved_queue: null,
		transfers: null,
		outcome: outcomes[cell('outcome')] ?? null,
		context: null,
		announced: null,
		reasked: null,
		human_requests: null,
		ai_attempts: null,
		csat: null,
		csat_scale: null,
		necessary: null
	};
}
