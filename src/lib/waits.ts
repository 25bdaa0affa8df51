import type { Numbers } from './change.ts';
import type { Spread } from './csat.ts';
import type { Estimate } from './estimate.ts';
import type { MetricId } from './metrics.ts';
import type { Scope } from './scope.ts';
import type { Health } from './week.ts';

/** The numbers the page begins with. */
export const leadMetrics = [
	'wait_before_p50',
	'wait_before_p90',
	'wait_after_p50',
	'wait_after_p90',
	'longer_after_share',
	'abandonment_rate'
] as const satisfies readonly MetricId[];
export type LeadMetric = (typeof leadMetrics)[number];

/** Metrics of the waits, week by week. */
export const waitMetrics = [
	'wait_before_p50',
	'wait_before_p90',
	'wait_after_p50',
	'wait_after_p90'
] as const satisfies readonly LeadMetric[];
export type WaitMetric = (typeof waitMetrics)[number];
export type WaitWeek = { week: string; values: Record<WaitMetric, Estimate> };

export const sides = ['before', 'after'] as const;
export type Side = (typeof sides)[number];
export const quantiles = ['p50', 'p90'] as const;
export type Quantile = (typeof quantiles)[number];

/** Median and 90th percentile of a wait in seconds, over n handoffs. */
export type Waited = { n: number; p50: number | null; p90: number | null };

/** Handoffs of an hour of the week in local time; weekday 1 is Monday. */
export type WaitHour = { weekday: number; hour: number; handoffs: number } & Record<Side, Waited>;

/** What the share that waited longer after than before can be split by. */
export const groupings = ['topic', 'trigger', 'channel', 'queue'] as const;
export type Grouping = (typeof groupings)[number];

/** Share that waited longer after than before, of one group among the others. */
export type LongerGroup = {
	/** null: none logged */
	key: string | null;
	longer: Estimate;
	/** its share less that of all other handoffs; null without others or with too few */
	difference: (Spread & { differs: boolean }) | null;
};

/** From so many seconds to before so many; null is no end. */
export type Seconds = { from_s: number; to_s: number | null };
export type Share = Spread & { n: number };

/** Waits for a person within a span, and what ended them. */
export type EndingBin = Seconds & {
	/** abandoned, of the waits that ended in the span */
	share: Share;
	/** chance of giving up in the span unless answered, of those who still waited at its start */
	hazard: Share;
	/** the same a minute, so that spans of any length compare; null in the last, which has no end */
	perMinute: Spread | null;
	/** share that would have given up by its end, had nobody been answered; null in the last */
	gaveUp: Spread | null;
};
export type Abandonment = {
	bins: EndingBin[];
	/** abandoned handoffs, and those of them that do not say how long the customer waited */
	abandoned: number;
	withoutWait: number;
};

/** What is set against the time with the AI. */
export const responses = ['csat_top2', 'resolution_rate', 'abandonment_rate'] as const;
export type Response = (typeof responses)[number];

export type DoseBin = Seconds & {
	/** as logged */
	plain: Share;
	/** at the topic mix of all bins; null where topics cannot be evened out */
	within: Spread | null;
	/** monotone fit through the shares at the same topic mix, else through the plain ones */
	fitted: number | null;
};
/** Where a response turns worse; shares on both sides at the same topic mix where `isWithin`. */
export type Fall = { at_s: number; before: Share; after: Share; isWithin: boolean };
export type Dose = {
	response: Response;
	bins: DoseBin[];
	/** share of n (0–1) in topics that are evened out; null: no topic is logged or n is 0 */
	covered: number | null;
	fall: Fall | null;
	/** p of the best split; null where there was too little to look for one */
	p: number | null;
};

/** Handoffs by their time with the AI: those no one needed on one side, what lateness costs on the other. */
export type MiddleBin = Seconds & {
	handoffs: number;
	avoidable: Share;
	late: Share;
	abandoned: Share;
	/** answers of 1 and 2 */
	unhappy: Share;
};

export const routes = ['failure', 'topic'] as const;

/** Time from the start of the conversation to its resolution. */
export type Resolved = {
	/** null: none logged */
	key: string | null;
	handoffs: number;
	/** of the resolved ones whose time is known */
	time: Waited;
};
export type ResolvedCurve = {
	/** 'all' or a route */
	key: string;
	/** handoffs whose end is known */
	n: number;
	points: (Spread & { at_s: number })[];
};

export type Choices = { by: Grouping; hours: Quantile };

/** Everything the page Waits shows. */
export type WaitsPage = Scope & {
	choices: Choices;
	handoffs: number;
	numbers: Numbers<LeadMetric>;
	/** up to 26 weeks that end with the period */
	series: WaitWeek[];
	hours: WaitHour[];
	longer: LongerGroup[];
	abandonment: Abandonment;
	doses: Dose[];
	middle: MiddleBin[];
	resolution: {
		all: Resolved;
		routes: Resolved[];
		topics: Resolved[];
		curves: ResolvedCurve[];
	};
	fields: Health['fields'];
};
