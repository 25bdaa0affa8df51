import type { Estimate } from './estimate.ts';
import { formatInterval, formatValue } from './format.ts';
import type { MetricId } from './metrics.ts';
import { metrics } from './metrics.ts';
import type { Health } from './week.ts';

/** What can be said of an estimate: a value, that it rests on too few, or what the log lacks. */
export type Reading =
	| { state: 'value'; value: string; interval: string | null; n: number }
	| { state: 'few'; n: number }
	| { state: 'missing'; fields: string[] };

/**
 * Fields a metric needs that no record of the log carries; alternatives are joined by ' or '. A
 * field of which the log health says nothing counts as carried, as long as there are records.
 */
export function missingFields(id: MetricId, fields: Health['fields']): string[] {
	const { population, fields: needed } = metrics[id];
	const record = population === 'conversations' ? 'conversation' : 'handoff';
	const known = fields.filter((one) => one.record === record);
	if (known.length > 0 && known.every(({ share }) => share === null)) return [...needed];
	return needed.filter((names) => {
		const shares = known.filter(({ field }) => names.split(' or ').includes(field));
		return shares.length > 0 && shares.every(({ share }) => !share);
	});
}

/** Reads an estimate of a metric: below the metric's floor it has no value. */
export function read(
	id: MetricId,
	estimate: Estimate | undefined,
	fields: Health['fields'] = []
): Reading {
	const { unit, floor } = metrics[id];
	const n = estimate?.n ?? 0;
	if (estimate && estimate.value !== null && n >= floor)
		return {
			state: 'value',
			value: formatValue(estimate.value, unit),
			interval: formatInterval(estimate.low, estimate.high, unit),
			n
		};
	const missing = n === 0 ? missingFields(id, fields) : [];
	return missing.length > 0 ? { state: 'missing', fields: missing } : { state: 'few', n };
}

/** Fields that are not there, after the word "no": "context, no transfers or resolved_queue". */
export function listed(fields: string[]): string {
	return fields.join(', no ');
}
