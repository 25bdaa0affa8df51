/** Gaps: topics, and phrase groups within them, that fail more often than their volume explains. */
import type { Interval } from './analysis/wilson.ts';
import type { Estimate } from './estimate.ts';
import type { PhraseJob } from './phrases.ts';
import type { Numbers } from './change.ts';
import type { Scope } from './scope.ts';
import type { Health } from './week.ts';

/** What would close a gap: write content, connect a system, change a rule, or look first. */
export const gapKinds = ['content', 'system', 'rule', 'look'] as const;
export type GapKind = (typeof gapKinds)[number];

/** A gap without a fix, a fix without a verdict yet, or what the ledger says of the latest fix. */
export const gapStatuses = [
	'open',
	'fix recorded',
	'not proven yet',
	'verified',
	'relapsed'
] as const;
export type GapStatus = (typeof gapStatuses)[number];

/** What topics and phrase groups are called: gaps first, then what is no gap over the period. */
export const gapCalls = ['gap', 'emerging only', 'slightly more', 'none'] as const;
export type GapCall = (typeof gapCalls)[number];

/**
 * What a gap surely exceeds its expectation by, as a share of it: topics of one system differ by as
 * much without anything to close.
 */
export const gapMargin = 0.1;

/**
 * Over how many of the last weeks the growth of a phrase group is looked for, of so many that trends
 * cover: 26 at most, with four before them to hold it against. Older growth counts as standing.
 */
export const growthWeeks = (weeks: number): number => Math.max(0, Math.min(30, weeks) - 4);

/** A phrase group within a topic, by its lasting id. */
export type GapPhrase = { id: string; label: string; language: string | null };

/** A value with its 95 % interval. */
export type Ranged = Interval & { value: number };

/** How many failures carry what. */
export type Said<Value = string> = { value: Value; n: number };

/**
 * What speaks for a kind. Failed tools speak for a system; of all other failures, those whose
 * reviewers (or whose log) say what the AI lacked stand for the rest.
 */
export type KindEvidence = {
	/** failures by what the AI lacked, most first; those without a word of it are not among them */
	lacked: Said[];
	/** failures by trigger and by outcome, most first; null: not logged */
	triggers: Said<string | null>[];
	outcomes: Said<string | null>[];
	/** failures that speak: tools that failed, and those of which it is said what was lacking */
	known: number;
	/**
	 * how many reviewed failures, other than tools that failed, stand for how many of which nothing is
	 * said; of a phrase group with too few they are those of its topic; null: none do
	 */
	judged: { n: number; unheard: number; ofTopic: boolean } | null;
	/** share of the failures (0–1) that each kind would close, 'look' being neither; null: too few speak */
	shares: Record<GapKind, Ranged> | null;
};

/** One week of a gap: seen, expected, and where chance alone would put the count (95 %). */
export type GapWeek = {
	/** Monday */
	week: string;
	observed: number;
	/** null: no volume in that week */
	expected: number | null;
	low: number | null;
	high: number | null;
	/** conversations, or what stands for them */
	volume: number;
};

/** Work of people, in hours. */
export type GapCost = {
	/** handle time of the failures and of the repeats they are expected to cause */
	hours: number;
	/** handle minutes of one failure, mean; the same with the repeats it causes; and of one repeat */
	minutes: number;
	minutesEach: number;
	/** null where not known: the cost is without repeats */
	repeatMinutes: number | null;
	/**
	 * chance that a failure comes back within the window (Kaplan–Meier); of a phrase group drawn towards
	 * that of its topic
	 */
	repeatChance: Estimate;
	/** repeats expected of all failures; null where the chance is not known */
	repeats: number | null;
	/** hours of the excess alone, at the same minutes a failure */
	avoidable: Ranged | null;
};

/** Ratings beside the cost, never added to it: points on 1–5. */
export type GapCsat = {
	/** failures of the gap, and handoffs of the topic that are no failures */
	gap: Estimate;
	comparable: Estimate;
	/** comparable less gap; null where either has too few answers */
	difference: Ranged | null;
	/** rating points lost: difference times failures, as if the silent would have rated alike */
	lost: Ranged | null;
};

/** A fix in the ledger that names the topic, or the phrase group. */
export type GapFix = {
	fix_id: number;
	what: string;
	done_on: string;
	status: GapStatus;
	/** Monday of about the week since which a relapsed one is back; null: not relapsed */
	backSince: string | null;
};

/** Failures of a topic or a phrase group held against what its volume and channels explain. */
export type Gap = {
	/** the topic, or topic and phrase group: 'Returns', 'Returns#p1-2'; '' stands for no topic */
	id: string;
	/** null: no topic logged */
	topic: string | null;
	phrase: GapPhrase | null;
	kind: GapKind;
	evidence: KindEvidence;
	/** failure handoffs of the period */
	observed: number;
	/**
	 * at the rate of each channel over all topics, or where it has grown, at its own share of before;
	 * null: no volume to expect anything of
	 */
	expected: number | null;
	/** a phrase group that has grown: it is held against its own past, out of conversations */
	grown: boolean;
	/** conversations of the period, or what stands for them */
	volume: number;
	/** seen over expected with its interval */
	ratio: number | null;
	low: number | null;
	high: number | null;
	/** seen less expected, in failures */
	excess: Ranged | null;
	/** one-sided, mid-P; `q` with all topics looked at */
	p: number | null;
	q: number | null;
	/** 5 % quantile of what is to be believed of the ratio */
	eb05: number | null;
	isGap: boolean;
	/** more than expected beyond chance, but not surely by `gapMargin`: no gap */
	isSlight: boolean;
	/** fewer failures than a gap has at least */
	isThin: boolean;
	/** the last so many weeks against the weeks before */
	emerging: {
		weeks: number;
		observed: number;
		expected: number;
		ratio: number;
		p: number;
	} | null;
	/** oldest first */
	trend: GapWeek[];
	/** null: no handle time logged */
	cost: GapCost | null;
	csat: GapCsat;
	/** hours that a fix would save, surely (failures where no handle time is logged): the order */
	saving: number;
	/** Monday of the first of four weeks beyond chance; null: in no four weeks */
	firstSeen: string | null;
	/** it was there in the first weeks looked at: it may be older */
	isOlder: boolean;
	/** null: no gap, and no fix is recorded */
	status: GapStatus | null;
	/** latest first */
	fixes: GapFix[];
};

/** What counts are out of: conversations, or where none are logged, handoffs with a known route. */
export type GapVolume = 'conversations' | 'handoffs';

/** What a sentence about several says of each. */
export type NamedGap = Pick<
	Gap,
	'topic' | 'phrase' | 'observed' | 'isGap' | 'isSlight' | 'emerging' | 'cost'
>;

/** Topics and phrase groups of a period, ranked, whether they are gaps or not. */
export type Gaps = {
	/** of the topics chosen, or of all */
	gaps: Gap[];
	/** the gaps, and topics slightly above expectation, of all topics whichever are chosen */
	standing: NamedGap[];
	volume: GapVolume;
	/** failures and conversations (or what stands for them) of the period under the filter */
	failures: number;
	conversations: number;
	/** handoffs of the period without a route: neither failure nor topic */
	withoutRoute: number;
	/** variance of weekly counts over their mean; 1 is chance alone */
	dispersion: number;
	/** Mondays that trends cover, oldest first */
	trendWeeks: string[];
	/** Monday of the last full week, with which emerging ones are looked for; null: none */
	lastWeek: string | null;
	/**
	 * excess with which a topic of middling expectation would be a gap, in failures; null: there is a
	 * gap, or no number would do
	 */
	seeable: number | null;
	/** whether phrase groups are among them */
	hasPhrases: boolean;
};

/** AI-only conversations of a topic that came back on it within the window. */
export type CameBack = {
	/** null: no topic logged */
	topic: string | null;
	/** AI-only conversations */
	conversations: number;
	/** share back within the window (Kaplan–Meier) */
	rate: Estimate;
	/** seen to come back */
	seen: number;
	/** back at the rate of each channel over all topics; null: not known */
	expected: number | null;
	/** stands out from the other topics with all of them looked at */
	differs: boolean;
	p: number | null;
};

/** A conversation that the AI had alone and that came back on its topic within the window. */
export type CameBackExample = {
	conversation_id: string;
	topic: string;
	channel: string | null;
	language: string | null;
	resolution: string | null;
	local_day: string;
	/** on the team's clock, 'YYYY-MM-DDTHH:MM:SS' */
	started_local: string;
	/** seconds from its end to the next contact on the topic */
	after_s: number;
	/** what they came back with; its day is null where the conversation has no record */
	back_conversation_id: string | null;
	back_day: string | null;
	path: 'handed_off' | 'ai_only' | 'human_only' | null;
	back_handoff_id: string | null;
	back_trigger: string | null;
	/** masked */
	back_question: string | null;
};

/** What of the list is shown. */
export type GapChoices = { kinds: GapKind[]; statuses: GapStatus[]; emergingOnly: boolean };

/** The leading numbers of the page: how much fails, how much of it needed nobody, what came back unseen. */
export const gapNumbers = ['failure_share', 'avoidable_share', 'false_containment_rate'] as const;

/** Everything the page Gaps shows. */
export type GapsPage = Scope &
	Gaps & {
		numbers: Numbers<(typeof gapNumbers)[number]>;
		choices: GapChoices;
		/** topics without excess in all, of which those with most failures are among the gaps */
		others: number;
		/** null where conversations do not carry what the page is filtered by, or are not logged */
		cameBack: {
			all: CameBack;
			/** those with the highest share believed, and how many there are in all */
			topics: CameBack[];
			allTopics: number;
			examples: CameBackExample[];
		} | null;
		windowDays: number;
		/** what the job that groups questions does */
		job: PhraseJob;
		/** what of the filter bar could not be followed, a sentence each */
		notes: string[];
		fields: Health['fields'];
	};

/** Listed as a gap: beyond what volume explains, or emerging. */
export const isListed = ({ isGap, emerging }: Pick<Gap, 'isGap' | 'emerging'>) =>
	isGap || emerging !== null;

/** What the period calls it; a gap that is also emerging is a gap. */
export const gapCall = (gap: Pick<Gap, 'isGap' | 'isSlight' | 'emerging'>): GapCall =>
	gap.isGap
		? 'gap'
		: gap.emerging !== null
			? 'emerging only'
			: gap.isSlight
				? 'slightly more'
				: 'none';

/** Whether it is in the list of a choice: a gap (or anything, where all are asked for), or all that have a status chosen. */
export const isOfChoice = (
	gap: Pick<Gap, 'isGap' | 'emerging' | 'kind' | 'status'>,
	{ kinds, statuses, emergingOnly }: GapChoices,
	all = false
): boolean =>
	(statuses.length > 0
		? gap.status !== null && statuses.includes(gap.status)
		: all || isListed(gap)) &&
	(kinds.length === 0 || kinds.includes(gap.kind)) &&
	(!emergingOnly || gap.emerging !== null);

/** Gaps, then what is slightly more than expected, then the rest. */
const rankOf = (gap: Gap) => (isListed(gap) ? 2 : Number(gap.isSlight));

/** By what a fix would save, most first; then by the ratio surely believed, then by name. */
export const byRank = (a: Gap, b: Gap): number =>
	rankOf(b) - rankOf(a) ||
	b.saving - a.saving ||
	(b.eb05 ?? 0) - (a.eb05 ?? 0) ||
	(a.id < b.id ? -1 : 1);

/** The id of a gap. */
export const gapId = (topic: string | null, phrase: string | null): string =>
	phrase === null ? (topic ?? '') : `${topic ?? ''}#${phrase}`;
