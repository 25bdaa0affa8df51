/** How far the log can be trusted, in words. */
import { formatDate, formatNumber } from './format.ts';
import type { Health, Log } from './week.ts';

/** Fields of a handoff without which the most is missed. */
const keys = ['trigger', 'topic', 'customer_id', 'wait_after_s', 'outcome', 'context', 'csat'];

/** "no line quarantined" … */
export type HealthWords = {
	said: string[];
	/** how many handoffs carry a field: "98 %" */
	carried: { field: string; share: string }[];
};

/** What is said of a log, whatever the filter. */
export function healthWords(log: Log, health: Health): HealthWords {
	const handoffs = (n: number) => counted(n, 'handoff', 'handoffs');
	const { last, timezone } = log;
	const { quarantined, trigger_missing, trigger_unknown, waits_disputed } = health;
	return {
		said: [
			...(last
				? [`last handoff ${formatDate(last)}, ${last.slice(11, 16)} (${timezone})`]
				: []),
			`${counted(quarantined, 'line', 'lines')} quarantined`,
			`${handoffs(trigger_missing)} without a trigger`,
			`${handoffs(trigger_unknown)} with a trigger Seam does not know`,
			...(waits_disputed > 0
				? [`${handoffs(waits_disputed)} whose waits disagree with the times`]
				: [])
		],
		carried: keys.flatMap((key) => {
			const found = health.fields.find(
				({ record, field }) => record === 'handoff' && field === key
			);
			return found ? [{ field: key, share: percent(found.share ?? 0) }] : [];
		})
	};
}

/** Whole percent, but never 0 % of something or 100 % of not quite all. */
function percent(share: number): string {
	if (share > 0 && share < 0.01) return '<\u00a01\u00a0%';
	if (share < 1 && share > 0.99) return '>\u00a099\u00a0%';
	return `${Math.round(share * 100)}\u00a0%`;
}

function counted(n: number, one: string, many: string): string {
	return `${n === 0 ? 'no' : formatNumber(n)} ${n === 1 ? one : many}`;
}
