/** The page Definitions: every metric with its formula, and the definitions of others beside ours. */
import type { Change, LastWeek } from './change.ts';
import type { Estimate } from './estimate.ts';
import type { MetricId } from './metrics.ts';
import type { Scope } from './scope.ts';
import type { Health } from './week.ts';

/** Metrics in the groups that the page shows them in; every metric stands in one. */
export const metricGroups = [
	{
		id: 'volume',
		title: 'How many',
		ids: ['handoffs', 'conversations', 'handoff_rate', 'containment_rate', 'failure_share']
	},
	{
		id: 'waits',
		title: 'Waits',
		ids: [
			'wait_before_p50',
			'wait_before_p90',
			'wait_after_p50',
			'wait_after_p90',
			'wait_total_p90',
			'longer_after_share',
			'time_to_resolution_p50'
		]
	},
	{
		id: 'ends',
		title: 'How it ended',
		ids: [
			'resolution_rate',
			'abandonment_rate',
			'not_connected_rate',
			'handback_rate',
			'repeat_rate',
			'false_containment_rate'
		]
	},
	{
		id: 'satisfaction',
		title: 'Satisfaction',
		ids: ['csat_top2', 'csat_mean', 'csat_response_rate']
	},
	{
		id: 'quality',
		title: 'Quality of the handoff',
		ids: [
			'quality_score',
			'context_completeness',
			'routing_accuracy',
			'transition_smoothness',
			'resolution_efficiency'
		]
	},
	{
		id: 'failures',
		title: 'Ways it goes wrong',
		ids: [
			'late_rate',
			'cold_rate',
			'hidden_rate',
			'fought_rate',
			'misrouted_rate',
			'reask_rate',
			'announced_rate',
			'avoidable_share'
		]
	},
	{ id: 'work', title: 'Work of the person', ids: ['handle_p50', 'handle_mean'] }
] as const satisfies readonly { id: string; title: string; ids: readonly MetricId[] }[];

/** Settings that a definition takes its limits, windows, weights and lists from. */
export const definingSettings = [
	'timezone',
	'triggers',
	'trigger_aliases',
	'late_limit_s',
	'default_late_limit_s',
	'late_human_requests',
	'late_ai_attempts',
	'required_context',
	'gap_target_s',
	'gap_worst_s',
	'repeat_grace_s',
	'repeat_window_days',
	'score_weights'
] as const;
export type DefiningSetting = (typeof definingSettings)[number];

const window: DefiningSetting[] = ['repeat_window_days', 'repeat_grace_s'];
const gap: DefiningSetting[] = ['gap_target_s', 'gap_worst_s'];

/** The settings that change what a metric says; the zone, which all periods hang on, is left out. */
export const settingsOf: Partial<Record<MetricId, readonly DefiningSetting[]>> = {
	failure_share: ['triggers', 'trigger_aliases'],
	late_rate: ['late_limit_s', 'default_late_limit_s', 'late_human_requests', 'late_ai_attempts'],
	repeat_rate: window,
	false_containment_rate: window,
	context_completeness: ['required_context'],
	transition_smoothness: gap,
	quality_score: ['score_weights', 'required_context', ...gap]
};

/** A setting as it is in force, in words, and as it is where nobody sets it. */
export type SettingInForce = {
	key: DefiningSetting;
	/** what it says, such as "7 days" */
	value: string;
	/** what it would say unset; null where it is as that */
	usual: string | null;
};

/** A part of the formulas that several share: a macro, a view or a table of derived facts. */
export type Part = {
	name: string;
	kind: 'macro' | 'view' | 'facts';
	/** what it is, from the comment above it */
	words: string;
	sql: string;
	/** the parts that it takes from, in the order of the page */
	uses: string[];
};

/** A formula as it runs, and the shared parts it names. */
export type Formula = { sql: string; uses: string[] };

/** One metric of the page. */
export type Defined = {
	id: MetricId;
	formula: Formula;
	/** null where the filter cannot be applied to conversations */
	estimate: Estimate | null;
	/** from the period compared with; null where there is none */
	change: Change | null;
	/** what its control chart says of the last week */
	last: LastWeek | null;
	/** why there is no estimate; null where there is one */
	why: string | null;
	settings: SettingInForce[];
};

/** Ids of the definitions that others use, as the queries name them. */
export const resolutionIds = [
	'reached',
	'answered',
	'confirmed',
	'confirmed_or_assumed',
	'silent_24h',
	'silent_72h',
	'silent_7d',
	'silent_7d_not_abandoned'
] as const;
export const containmentIds = [
	'everyone',
	'not_abandoned',
	'confirmed',
	'confirmed_or_assumed',
	'silent_24h',
	'silent_72h',
	'silent_7d',
	'silent_7d_not_abandoned'
] as const;
export const repeatIds = [
	'same_any_1',
	'same_any_3',
	'same_any_7',
	'any_any_1',
	'any_any_3',
	'any_any_7',
	'same_same_1',
	'same_same_3',
	'same_same_7',
	'any_same_1',
	'any_same_3',
	'any_same_7'
] as const;
export type ResolutionId = (typeof resolutionIds)[number];
export type ContainmentId = (typeof containmentIds)[number];
export type RepeatId = (typeof repeatIds)[number];

/** Another definition of what one of our metrics measures, on the same log. */
export type Counted<Id extends string = string> = {
	id: Id;
	estimate: Estimate;
	/** from the period compared with; null where there is none */
	change: Change | null;
	/** of those counted, who came back on the same topic within the window; only beside containment */
	falseContainment: Estimate | null;
};

/** A question that is answered by several definitions, ours first. */
export type Family<Id extends string = string> = {
	ours: {
		id: MetricId;
		estimate: Estimate | null;
		change: Change | null;
		last: LastWeek | null;
		why: string | null;
	};
	/** false containment beside ours; null where the family needs none */
	oursFalse: Estimate | null;
	/** null where the filter cannot be applied to the records it counts */
	others: Counted<Id>[] | null;
	/** what the others are computed by */
	formula: Formula;
};

export type Families = {
	resolution: Family<ResolutionId>;
	containment: Family<ContainmentId>;
	repeats: Family<RepeatId>;
};
export type FamilyId = keyof Families;

/** Everything the page Definitions shows. */
export type DefinitionsPage = Scope & {
	/** handoffs of the filter */
	handoffs: number;
	metrics: Defined[];
	parts: Part[];
	/** every setting that a definition hangs on */
	settings: SettingInForce[];
	families: Families;
	fields: Health['fields'];
};

/**
 * The address of a metric's definition, "/definitions?week=2026-11-09#late_rate".
 * @param along period and filters of the page that the link stands on
 */
export const definitionAnchor = (id: string, along: '' | `?${string}` = '') =>
	`/definitions${along}#${id}` as const;
