/** What reviewers say of triggers: was a person needed, and what did the AI lack. */
import type { Judged, RuleKey } from '../../triggers.ts';
import type { Filter } from '../scope/filter.ts';
import { metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { estimateShare } from '../measure/share.ts';
import { judgedRow, type JudgedRow } from './triggerRows.ts';

/** Verdicts that hold, those given in Seam before those of the log; most verdicts first. */
export async function readTriggerReviews(
	filter: Filter
): Promise<{ all: Judged | null; triggers: Judged[] }> {
	const rows = await query('triggers/reviews', judgedRow, await metricParameters(filter, []));
	const keys = new Map(
		rows.map(({ route, trigger }) => [JSON.stringify([route, trigger]), { route, trigger }])
	);
	const triggers = [...keys.values()].map((key) =>
		judgedOf(
			key,
			rows.filter((row) => row.route === key.route && row.trigger === key.trigger)
		)
	);
	return {
		all: rows.length > 0 ? judgedOf({ route: null, trigger: null }, rows) : null,
		triggers: triggers.sort((a, b) => b.reviewed - a.reviewed)
	};
}

function judgedOf(key: RuleKey, rows: JudgedRow[]): Judged {
	const count = (of: (row: JudgedRow) => boolean) =>
		rows.filter(of).reduce((sum, { n }) => sum + n, 0);
	const decided = count(({ is_needed }) => is_needed !== null);
	const lacks = [...new Set(rows.flatMap(({ lacked }) => lacked ?? []))];
	return {
		...key,
		reviewed: count(() => true),
		seam: count(({ judged_by }) => judged_by === 'seam'),
		unsure: count(({ judged_by, is_needed }) => judged_by === 'seam' && is_needed === null),
		needless: estimateShare(
			count(({ is_needed }) => is_needed === false),
			decided
		),
		lacked: lacks
			.map((lacked) => ({ lacked, n: count((row) => row.lacked === lacked) }))
			.sort((a, b) => b.n - a.n)
	};
}
