/** A number of one week beside the usual weeks, the week before or the same week of last year. */
import { formatChange, formatChangeInterval, type Change } from './change.ts';
import { formatValue } from './format.ts';
import { metrics, type MetricId } from './metrics.ts';
import type { Comparison } from './scope.ts';

/** From what a week is compared with to the week; of the usual weeks `before` is their centre. */
export type WeekChange = Change & { against: Comparison };

const whose: Record<Comparison, string> = {
	usual: 'usually',
	before: 'the week before',
	year: 'the same week of last year'
};

/** A change in parts, so that the earlier number can be a link: "+0.6 (−0.9 to +2.1) against", "67.9", "usually". */
export type WeekChangeParts = { difference: string; value: string; whose: string };

/** Null where what it is compared with has no number, or too few to say one. */
export function weekChangeParts(id: MetricId, change: WeekChange): WeekChangeParts | null {
	const { before, difference, low, high, against } = change;
	const { unit, floor } = metrics[id];
	if (before.value === null || before.n < floor) return null;
	const interval =
		low === null || high === null ? '' : ` (${formatChangeInterval(low, high, unit)})`;
	return {
		difference:
			difference === null ? '' : `${formatChange(difference, unit)}${interval} against`,
		value: formatValue(before.value, unit),
		whose: whose[against]
	};
}

/** "+0.6 points (−0.9 to +2.1) against 67.9 usually". */
export function weekChangeWords(id: MetricId, change: WeekChange): string | null {
	const parts = weekChangeParts(id, change);
	if (!parts) return null;
	return [parts.difference, parts.value, parts.whose].filter(Boolean).join(' ');
}
