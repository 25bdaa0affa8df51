import type { Estimate } from './estimate.ts';
import type { Finding } from './findings.ts';
import type { WorstHandoff } from './handoff.ts';
import type { MetricId } from './metrics.ts';
import type { MovedChoice } from './moved.ts';
import type { Scope } from './scope.ts';
import type { Charted } from './signal.ts';
import type { WeekChange } from './weekChange.ts';

/** What the series carries for every week. */
export const weekMetrics = [
	'handoffs',
	'conversations',
	'handoff_rate',
	'failure_share',
	'quality_score',
	'csat_top2',
	'csat_mean',
	'repeat_rate',
	'wait_before_p50',
	'wait_before_p90',
	'wait_after_p50',
	'wait_after_p90'
] as const satisfies readonly MetricId[];
export type WeekMetric = (typeof weekMetrics)[number];

/** What the log holds altogether, whatever the filter; on every page (layout data `log`). */
export type Log = {
	/** true until real data is imported */
	sample: boolean;
	handoffs: number;
	conversations: number;
	/** local time of the first and last handoff, 'YYYY-MM-DDTHH:MM', null in an empty database */
	first: string | null;
	last: string | null;
	/** the team's zone, e.g. 'Europe/Berlin' */
	timezone: string;
	version: string;
};

/** One week of the series. A week without handoffs has no row, or a row with n = 0. */
export type WeekRow = { week: string; values: Record<WeekMetric, Estimate> };

/** Handoffs of one week on one route; null is the route nobody knows. */
export type RouteRow = { week: string; route: string | null; n: number };

/** Failure handoffs of one topic under one trigger; null where the log has none. */
export type ClusterRow = { topic: string | null; trigger: string | null; n: number };

/** Ways a contact can go: to a person after the AI, with the AI alone, to a person at once. */
export const paths = ['handed_off', 'ai_only', 'human_only'] as const;
export type Path = (typeof paths)[number];

/** CSAT of one path, on one topic (null: none logged). */
export type CsatRow = {
	topic: string | null;
	path: Path;
	csat_top2: Estimate;
	csat_mean: Estimate;
};

/** How far the log can be trusted, whatever the filter. */
export type Health = {
	/** lines refused so far */
	quarantined: number;
	/** handoffs without a trigger, and with one that stands in no trigger table */
	trigger_missing: number;
	trigger_unknown: number;
	unknown_triggers: string[];
	/** handoffs whose logged waits differ from their times by more than a second */
	waits_disputed: number;
	/** share of records that carry the field, over the whole log; share null: no such records */
	fields: { record: 'handoff' | 'conversation'; field: string; share: number | null }[];
};

/** The whole week page. Weeks are Mondays, 'YYYY-MM-DD'; periods exclude `to`. */
export type Week = Scope & {
	/** up to 26 weeks that end with the week shown, oldest first */
	series: WeekRow[];
	/** the same week of last year, where the address asks for it and the log holds it */
	lastYear: WeekRow['values'] | null;
	/** the same weeks, none left out, with control limits; null when no handoff is chosen */
	charts: Record<WeekMetric, Charted> | null;
	/** what became of the leading numbers; none of those that cannot be compared */
	changes: Partial<Record<WeekMetric, WeekChange>>;
	/** at most three */
	findings: Finding[];
	/** what moved a metric, topic by topic, and what could be asked instead */
	moved: MovedChoice;
	/** at most ten, lowest score first */
	worst: WorstHandoff[];
	routes: RouteRow[];
	/** repeat contacts: days of the window; last local date followed for all of it, null if none */
	repeats: { days: number; known_to: string | null };
	/** CSAT of the week shown by path, without regard to topic (`topic` null) */
	csat: CsatRow[];
	/** the last four weeks up to the one shown, for what one week is too thin to say */
	recent: { from: string; to: string; clusters: ClusterRow[] };
	health: Health;
};

/** Data of `/`: `page` null means the database holds no handoff yet. */
export type WeekPage = { log: Log; page: Week | null };
