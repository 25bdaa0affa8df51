import type { Numbers } from './change.ts';
import type { Estimate } from './estimate.ts';
import type { Scope } from './scope.ts';
import type { CsatRow, Health, Path } from './week.ts';

/** A share or a difference of shares (0–1) with its 95 % interval; null where it cannot be said. */
export type Spread = Pick<Estimate, 'value' | 'low' | 'high'>;

/** What the answers of one path say of it. */
export type PathSummary = {
	path: Path;
	/** conversations of the path, handoffs where it is handed off */
	conversations: number;
	/** answered surveys over conversations */
	response: Estimate;
	/** as answered: share of 4 and 5, and mean */
	csat_top2: Estimate;
	csat_mean: Estimate;
	/** satisfied share at the topic mix of the handoffs; null: too few answers to compare */
	standardised: Standardised | null;
	/** satisfied share at the path's own topic mix: every topic counts by its conversations */
	weighted: Standardised | null;
	/** handed off less this path, at the same topic mix; null for handed off itself */
	difference: Spread | null;
	/** satisfied share if all silent customers were unhappy, or happy; null: half or more answered */
	bounds: { low: number; high: number } | null;
};

/** `covered`: share of the mix whose topics have answers (0–1); under 1 there is no value. */
export type Standardised = Spread & { covered: number | null };

/** Topics of the handoffs, and how many of them had too few answers on a path to stand alone. */
export type Mix = { topics: number; merged: number; mergedShare: number };

/** Answers of one path on one point of 1–5; `n_between`: those stretched to between it and the next. */
export type AnswerRow = { path: Path; answer: number; n: number; n_between: number };

/** Satisfied share of one path in one week. */
export type PathWeek = { path: Path; week: string; csat_top2: Estimate };

/** Satisfied share of one topic or trigger among the others. */
export type RankedGroup = {
	/** null: none logged */
	key: string | null;
	handoffs: number;
	csat_top2: Estimate;
	/** drawn towards the others by how few answers it has; null: too few answers to rank */
	shrunken: Spread | null;
	/** its share less that of all other handoffs; null without others or with too few answers */
	difference: (Spread & { differs: boolean }) | null;
};

/** Groups, surely low ones first, those with too few answers last. */
export type Ranking = { groups: RankedGroup[]; all: Estimate };

/** Satisfied share of the handoffs whose wait lay from `from_s` to before `to_s` (null: no end). */
export type WaitBin = {
	from_s: number;
	to_s: number | null;
	handoffs: number;
	csat_top2: Estimate;
	/** at the topic mix of all bins; null where topics cannot be evened out */
	standardised: Spread | null;
};
export type WaitBins = { bins: WaitBin[]; mix: Mix };

/** The leading numbers of the page. */
export const csatNumbers = ['csat_top2', 'csat_mean', 'csat_response_rate'] as const;

/** Everything the page CSAT shows. */
export type CsatPage = Scope & {
	numbers: Numbers<(typeof csatNumbers)[number]>;
	/** handed off first; a path without conversations is left out */
	paths: PathSummary[];
	mix: Mix;
	answers: AnswerRow[];
	/** up to 26 weeks that end with the period */
	series: PathWeek[];
	byTopic: CsatRow[];
	topics: Ranking;
	triggers: Ranking;
	waits: { before: WaitBins; after: WaitBins };
	fields: Health['fields'];
};
