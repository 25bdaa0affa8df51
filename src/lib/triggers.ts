import type { Jump } from './analysis/discontinuity.ts';
import type { ThresholdWhatIf } from './analysis/thresholdWhatIf.ts';
import type { Change, GroupChange, Numbers } from './change.ts';
import type { Spread } from './csat.ts';
import type { Estimate } from './estimate.ts';
import type { Scope } from './scope.ts';
import type { Health } from './week.ts';

/** What is measured of every trigger, in the order of the table. */
export const ruleMetrics = [
	'wait_before_p50',
	'wait_before_p90',
	'late_rate',
	'resolution_rate',
	'abandonment_rate',
	'not_connected_rate',
	'handback_rate',
	'csat_top2',
	'repeat_rate',
	'avoidable_share',
	'misrouted_rate'
] as const;
export type RuleMetric = (typeof ruleMetrics)[number];

/** Shares that triggers are held against each other by, at the same topic mix. */
export const comparedMetrics = [
	'late_rate',
	'resolution_rate',
	'abandonment_rate',
	'not_connected_rate',
	'handback_rate',
	'csat_top2',
	'repeat_rate',
	'avoidable_share',
	'misrouted_rate'
] as const satisfies readonly RuleMetric[];
export type ComparedMetric = (typeof comparedMetrics)[number];

/** What the figure of triggers can show. */
export const shownMetrics = [...comparedMetrics] as const;

/** A trigger and the route that its handoffs took; null: none logged, or none known. */
export type RuleKey = { route: string | null; trigger: string | null };

/**
 * A trigger less the other triggers of its route. `basis`: within topics, or as they are where no
 * topic has both. `differs`: holds with all triggers and measures looked at.
 */
export type Against = Spread & { basis: 'topics' | 'plain'; p: number; differs: boolean };

/** Time with the AI as a multiple of that of the other triggers of the route, in the same topics. */
export type Pace = Spread & { p: number; differs: boolean };

/** Everything said of one trigger. */
export type Rule = RuleKey & {
	handoffs: number;
	values: Record<RuleMetric, Estimate>;
	/** the same in the period compared with; null where there is none */
	before: { handoffs: number; values: Record<RuleMetric, Estimate> } | null;
	/** from there to here, of what is charted */
	changes: Partial<Record<RuleMetric, GroupChange>>;
	/** answers tried, mean */
	attempts: Estimate;
	against: Partial<Record<ComparedMetric, Against>>;
	pace: Pace | null;
};

/** A measure by which a trigger stands out for the worse. */
export type Weakness = {
	metric: ComparedMetric;
	/** worse than the others by at least this share (0–1), drawn towards them; 95 % sure */
	surely: number;
	/** handoffs of the trigger that `surely` stands for */
	affected: number;
};

/** A trigger to tune: its weaknesses, that of most handoffs first. */
export type Tuning = { rule: Rule; weaknesses: Weakness[] };

/** Handoffs by how often the customer had asked for a person; null = not logged. */
export type Asked = {
	/** 3 stands for three and more */
	requests: 0 | 1 | 2 | 3 | null;
	handoffs: number;
	before: { n: number; p50: number | null; p90: number | null };
	after: { n: number; p50: number | null };
	csat_top2: Estimate;
	resolution_rate: Estimate;
};

/** Of one trigger or topic: shares of its handoffs with so many requests and more. */
export type AskedGroup = {
	key: string | null;
	/** handoffs of which the number of requests is known */
	n: number;
	once: Estimate;
	twice: Estimate;
	thrice: Estimate;
	/** time with the AI of those who asked twice and more, and of the others */
	asked: Asked[];
	/** of those who asked twice and more, since the period compared with */
	change: GroupChange | null;
};

export type Requests = { all: Asked[]; triggers: AskedGroup[]; topics: AskedGroup[] };

/** How decisions were taken at one side, and of how many the confidence is logged. */
export type Logged = { n: number; confident: number };

/** Why there is no what-if: nothing has confidence, only handoffs do, or the filter does not reach. */
export type NoWhatIf = 'confidence' | 'kept' | 'handed' | 'filter';

/** What the log tells of other thresholds. */
export type ThresholdPage = {
	/** null: it can be said */
	lacks: NoWhatIf | null;
	/** the dimension that conversations do not carry, where the filter chooses by it */
	uncarried: string | null;
	kept: Logged;
	handed: Logged;
	/** handed over for low confidence, of those with confidence */
	below: number;
	/** the threshold in force, as the address says or as the log looks; null: unknown */
	inForce: { threshold: number; agree: number | null } | null;
	/** thresholds from 0 to 1 in hundredths */
	sweep: ThresholdWhatIf[];
	chosen: ThresholdWhatIf | null;
	now: ThresholdWhatIf | null;
	/** thresholds around the one in force of which enough is known */
	known: { from: number; to: number } | null;
	/** resolved if handed over less if kept, just at the threshold, by bandwidth */
	jumps: { bandwidth: number; jump: Jump }[];
};

/** Turns late beyond these stand together in the figure. */
export const turnEnds = { early: -3, late: 6 };

/** Timing of handoffs against labels. */
export type TimingGroup = {
	/** null: conversations that the AI kept */
	key: RuleKey | null;
	conversations: number;
	/** mean GT-T with tolerance 1, 0–1 */
	score: Estimate;
	/** turns late, mean; null where none has a right turn */
	late: Estimate | null;
	/** not to be handed over at all, of those handed over; or to be, of those kept */
	wrong: Estimate;
};

export type Timing = {
	all: TimingGroup | null;
	groups: TimingGroup[];
	/** handoffs by turns between the right one and theirs; −3 and 6 stand for what is beyond */
	lateness: { turns: number; handoffs: number; route: string | null }[];
	/** the three tolerances, and lateness forgiven less or more */
	scores: { tolerance: number; lateness: number; score: number }[];
	/** GT-T and turns late of all since the period compared with; null: nothing to compare with */
	change: { score: Change; late: Change | null } | null;
};

/** The leading numbers of the page, with charts of their own. */
export const triggerNumbers = ['fought_rate', 'handback_rate'] as const;

/** What came after handoffs were given back to the AI. */
export type Handbacks = {
	key: string | null;
	handed_back: number;
	again: Estimate;
	came_back: Estimate;
	stayed: Estimate;
};

export type Chains = {
	all: Handbacks | null;
	/** of the share handed over again, since the period compared with */
	change: Change | null;
	triggers: Handbacks[];
	topics: Handbacks[];
	/** conversations by number of handoffs, 4 stands for four and more */
	lengths: { handoffs: number; conversations: number; resolved: Estimate }[];
};

/** Measures of all handoffs of a route. */
export type RouteValues = Partial<Record<'failure' | 'topic', Record<RuleMetric, Estimate>>>;

/** What reviewers found of one trigger. */
export type Judged = RuleKey & {
	/** of which reviewed in Seam */
	reviewed: number;
	seam: number;
	unsure: number;
	needless: Estimate;
	lacked: { lacked: string; n: number }[];
};

/** Share of handoffs that ended in the wrong queue, of one queue. */
export type QueueShare = {
	key: string | null;
	handoffs: number;
	misrouted: Estimate;
	shrunken: Spread | null;
	difference: (Spread & { differs: boolean }) | null;
	/** since the period compared with */
	change: GroupChange | null;
};

export type Misrouting = {
	queues: QueueShare[];
	moves: { from: string | null; to: string | null; moved: number }[];
};

export type TriggerChoices = {
	measure: ComparedMetric;
	threshold: number | null;
	inForce: number | null;
};

/** Everything the page Triggers shows. */
export type TriggersPage = Scope & {
	choices: TriggerChoices;
	handoffs: number;
	/** days within which a contact counts as come back */
	windowDays: number;
	numbers: Numbers<(typeof triggerNumbers)[number]>;
	rules: Rule[];
	/** all handoffs of each route */
	routes: RouteValues;
	/** the same in the period compared with; empty where there is none */
	routesBefore: RouteValues;
	tunings: Tuning[];
	/** comparisons that were tested together */
	tested: number;
	/** handoffs whose trigger no table names, and those without one */
	unknown: number;
	untriggered: number;
	requests: Requests;
	threshold: ThresholdPage;
	/** handoffs for low confidence that log it, and those between the threshold tried and a higher one in force */
	confident: { low: number; spared: number | null };
	timing: Timing | null;
	chains: Chains;
	reviews: { all: Judged | null; triggers: Judged[] };
	misrouting: Misrouting;
	fields: Health['fields'];
};
