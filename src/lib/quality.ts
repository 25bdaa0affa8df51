/** What the page Quality shows: how good handoffs are, where, and what it depends on. */
import type { Auc } from './analysis/auc.ts';
import type { Brier } from './analysis/brier.ts';
import type { CalibrationBin } from './analysis/calibration.ts';
import type { Component, Weights } from './analysis/compositeScore.ts';
import type { RankStability } from './analysis/rankStability.ts';
import type { Interval } from './analysis/wilson.ts';
import type { Estimate } from './estimate.ts';
import type { MetricId } from './metrics.ts';
import type { Numbers } from './change.ts';
import type { Scope } from './scope.ts';
import type { Charted } from './signal.ts';
import type { Health } from './week.ts';

/** What the score can be split by; `by` in the address. */
export const groupings = ['topic', 'queue', 'trigger', 'channel', 'ai_version', 'team'] as const;
export type Grouping = (typeof groupings)[number];

/** The metric of each component of the score. */
export const componentMetrics = {
	context: 'context_completeness',
	routing: 'routing_accuracy',
	smoothness: 'transition_smoothness',
	resolution: 'resolution_efficiency'
} as const satisfies Record<Component, MetricId>;

/** The score and its components. */
export const scoreMetrics = [
	'quality_score',
	'context_completeness',
	'routing_accuracy',
	'transition_smoothness',
	'resolution_efficiency'
] as const satisfies readonly MetricId[];
export type ScoreMetric = (typeof scoreMetrics)[number];

/** Ways in which a handoff fails, in the order they are named. */
export const modeMetrics = [
	'late_rate',
	'cold_rate',
	'hidden_rate',
	'fought_rate',
	'misrouted_rate'
] as const satisfies readonly MetricId[];
export type ModeMetric = (typeof modeMetrics)[number];

/** Of the period as a whole, beside the one it is compared with, and week by week up to its end. */
export type OverTime<Id extends MetricId> = {
	numbers: Numbers<Id>;
	weekly: Record<Id, Charted>;
};

/** The score of the last weeks of a period beside that of the weeks before; dates, `to` excluded. */
export type ScoreChange = {
	recent: { from: string; to: string; score: Estimate };
	earlier: { from: string; to: string; score: Estimate };
	/** recent less earlier, with its interval */
	difference: Interval & { difference: number };
};

/** Handoffs whose score lies from `from` (0–95) to 5 points above. */
export type ScoreBin = { from: number; n: number };

/** Scores of single handoffs: those counted in the mean, and those of which less than half is known. */
export type Distribution = {
	bins: ScoreBin[];
	counted: number;
	uncounted: number;
	unscored: number;
};

/** One group of handoffs on the funnel. */
export type ScoreGroup = {
	/** null: the log has none */
	key: string | null;
	handoffs: number;
	values: Record<ScoreMetric, Estimate>;
	/** from the mean of all, in its own standard errors, as far as the limits reach; null: too few */
	z: number | null;
};

/** The score by group. */
export type ScoreGroups = {
	by: Grouping;
	/** most handoffs first */
	groups: ScoreGroup[];
	/** null: no two groups with n enough */
	funnel: {
		/** mean of all handoffs of the groups drawn */
		target: number;
		/** standard deviation of scores within groups */
		sd: number;
		/** how much more groups differ than by chance; 1: not more */
		phi: number;
		/** whether the limits make room for it */
		isStretched: boolean;
	} | null;
};

/** Shares of failure modes of one topic; null: no topic logged. */
export type TopicModes = {
	topic: string | null;
	handoffs: number;
	values: Record<ModeMetric, Estimate>;
};

/** A difference at the same topic mix: handoffs without the item less those with it. */
export type Cost = Interval & {
	difference: number;
	/** holds with all items looked at */
	isClear: boolean;
	/** handoffs compared: those without the item, and those with it */
	without: number;
	having: number;
	/** topics with handoffs enough on both sides, and their share of all handoffs (0–1) */
	topics: (string | null)[];
	covered: number;
};

/** One item of context. */
export type ContextItem = {
	item: string;
	isRequired: boolean;
	/** share of handoffs it did not travel with */
	missing: Estimate;
	/** handle time in seconds; null: too few on either side */
	handle: Cost | null;
	/** share asked again; null: too few on either side */
	reask: Cost | null;
};

/** A weight that was asked for and is none. */
export type RefusedWeight = { component: Component | null; why: string };

/** What weights the address asks for. */
export type TriedWeights = {
	/** null: none given, or not usable */
	weights: Weights | null;
	refused: RefusedWeight[];
	/** as they stand in the address */
	given: Partial<Record<Component, string>>;
};

/** The score and the ranking of topics under the weights of the settings and under those tried. */
export type ScoreWeights = TriedWeights & {
	settings: Weights;
	score: Estimate;
	triedScore: Estimate | null;
	ranking: RankStability;
	triedRanking: RankStability | null;
	/** scored handoffs of each topic ranked, in the order of the rankings, under the weights shown */
	counts: number[];
	/** topics with too few to rank */
	left: number;
};

/** Ends that a score may foretell: a good answer, no repeat contact within the window. */
export const ends = ['satisfied', 'stayed'] as const;
export type End = (typeof ends)[number];

/** Mondays, both included. */
export type Weeks = { first: string; last: string };

/** Whether the score foretells an end, judged on the later weeks of a period. */
export type Foretelling = {
	end: End;
	/** null: fewer than two weeks with a known end */
	weeks: { earlier: Weeks; later: Weeks } | null;
	/** of the later weeks */
	n: number;
	good: number;
	auc: Auc | null;
	/** only handoffs of one topic compared; null: no topic with enough of both ends */
	within: (Auc & { strata: number }) | null;
	/** chances as learned in the earlier weeks, held against the later ones; null: not to be learned */
	calibration: { bins: CalibrationBin[]; brier: Brier } | null;
};

/** The whole page. */
export type QualityPage = Scope & {
	score: OverTime<ScoreMetric>;
	/** null: the period is one week, or has too few scored handoffs */
	change: ScoreChange | null;
	distribution: Distribution;
	groups: ScoreGroups;
	modes: OverTime<ModeMetric> & { topics: TopicModes[] };
	context: { items: ContextItem[]; handoffs: number };
	weights: ScoreWeights;
	foretelling: Foretelling[];
	windowDays: number;
	fields: Health['fields'];
};
