/** How far the log can be trusted, in words. */
import type { Active } from './address.ts';
import { formatDate, formatNumber } from './format.ts';
import { handoffsAddress, type Narrowing } from './handoffs.ts';
import { plainWords, type Counted, type Said } from './said.ts';
import type { Health, Log } from './week.ts';

/** The handoffs of the log that lack a field, of the fields without which the most is missed. */
export const lacking = {
	trigger: { narrowing: {}, only: [{ dimension: 'trigger', value: '' }] },
	topic: { narrowing: {}, only: [{ dimension: 'topic', value: '' }] },
	customer_id: { narrowing: { flags: { identified: false } } },
	wait_after_s: { narrowing: { ranges: { wait_after_s: null } } },
	outcome: { narrowing: { outcomes: [''] } },
	context: { narrowing: { ranges: { context_completeness: null } } },
	csat: { narrowing: { ranges: { csat: null } } }
} satisfies Record<string, Omit<Counted, 'words'>>;

const keys = Object.keys(lacking) as (keyof typeof lacking)[];

/** More triggers than this make an address too long to open. */
const mostTriggers = 40;

/** "no line quarantined" … */
export type HealthWords = {
	said: Said[];
	/** how many handoffs carry a field, "98 %", and those that do not; null where all do */
	carried: { field: string; share: string; without: Omit<Counted, 'words'> | null }[];
};

/** What is said of a log, whatever the filter; its numbers lead to handoffs of the whole log. */
export function healthWords(log: Log, health: Health): HealthWords {
	const handoffs = (n: number, what: string, narrowing: Narrowing, only: Active[] = []): Said => {
		const words = counted(n, 'handoff', 'handoffs');
		return n > 0 ? [{ words, narrowing, only }, ` ${what}`] : [`${words} ${what}`];
	};
	const { last, timezone } = log;
	const { quarantined, trigger_missing, trigger_unknown, unknown_triggers, waits_disputed } =
		health;
	const unknown = handoffs(
		trigger_unknown,
		'with a trigger Seam does not know',
		{},
		unknown_triggers.map((value) => ({ dimension: 'trigger', value }))
	);
	return {
		said: [
			...(last
				? [[`last handoff ${formatDate(last)}, ${last.slice(11, 16)} (${timezone})`]]
				: []),
			[`${counted(quarantined, 'line', 'lines')} quarantined`],
			handoffs(trigger_missing, 'without a trigger', {}, lacking.trigger.only),
			unknown_triggers.length > mostTriggers ? [plainWords(unknown)] : unknown,
			...(waits_disputed > 0
				? [
						handoffs(waits_disputed, 'whose waits disagree with the times', {
							flags: { disputed: true }
						})
					]
				: [])
		],
		carried: keys.flatMap((key) => {
			const found = health.fields.find(
				({ record, field }) => record === 'handoff' && field === key
			);
			if (!found) return [];
			const share = found.share ?? 0;
			return [
				{ field: key, share: percent(share), without: share < 1 ? lacking[key] : null }
			];
		})
	};
}

/** The list of handoffs of the whole log, whatever a page is narrowed to. */
export function wholeLogAddress(
	log: Log,
	{ narrowing, only = [] }: Omit<Counted, 'words'>,
	back?: string
) {
	const [first = '', last = ''] = [log.first?.slice(0, 10), log.last?.slice(0, 10)];
	return handoffsAddress({ week: last, dates: { first, last }, filters: only }, narrowing, back);
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
