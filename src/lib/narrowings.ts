/** The handoffs behind a metric: what the list is narrowed to so that it holds them. */
import type { Narrowing, NumberColumn } from './handoffs.ts';
import type { MetricId } from './metrics.ts';

const known = { from: null, to: null };

/** Handoffs with a number, the highest first. */
const by = (column: NumberColumn, more: Narrowing = {}): Narrowing => ({
	ranges: { [column]: known },
	sort: column,
	dir: 'desc',
	...more
});
/** Handoffs with a number, the lowest first. */
const upBy = (column: NumberColumn): Narrowing => by(column, { dir: 'asc' });

/** As long as half of the score is known it is counted. */
const scored: Narrowing = {
	ranges: { score_coverage: { from: 0.5, to: null } },
	sort: 'score',
	dir: 'asc'
};

/**
 * The handoffs behind a metric: of a share those that it counts, of a median, percentile or mean
 * those that it is taken over, of repeat contacts those seen to come back within the window. Metrics
 * over conversations have conversations.
 */
export const countedHandoffs: Partial<Record<MetricId, Narrowing>> = {
	handoffs: {},
	failure_share: { flags: { failure: true } },
	wait_before_p50: by('wait_before_s'),
	wait_before_p90: by('wait_before_s'),
	wait_after_p50: by('wait_after_s', { flags: { answered: true } }),
	wait_after_p90: by('wait_after_s', { flags: { answered: true } }),
	wait_total_p90: by('wait_total_s'),
	longer_after_share: { flags: { longer: true } },
	abandonment_rate: { outcomes: ['abandoned'] },
	not_connected_rate: { outcomes: ['not_connected'] },
	resolution_rate: { flags: { resolved: true } },
	handle_p50: by('handle_s'),
	handle_mean: by('handle_s'),
	time_to_resolution_p50: by('time_to_resolution_s'),
	csat_top2: { ranges: { csat: { from: 4, to: 5 } } },
	csat_mean: upBy('csat'),
	csat_response_rate: { ranges: { csat: known } },
	repeat_rate: { flags: { repeated: true } },
	quality_score: scored,
	context_completeness: upBy('context_completeness'),
	routing_accuracy: upBy('routing_accuracy'),
	transition_smoothness: upBy('transition_smoothness'),
	resolution_efficiency: upBy('resolution_efficiency'),
	reask_rate: { ranges: { reasked: { from: 1, to: null } } },
	announced_rate: { flags: { hidden: false } },
	late_rate: { flags: { late: true } },
	cold_rate: { flags: { cold: true } },
	hidden_rate: { flags: { hidden: true } },
	fought_rate: { flags: { fought: true } },
	misrouted_rate: { flags: { misrouted: true } },
	avoidable_share: { flags: { avoidable: true } },
	handback_rate: { outcomes: ['returned_to_ai'] }
};
