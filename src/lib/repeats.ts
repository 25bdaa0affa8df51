import type { Tally } from './analysis/newcombe.ts';
import type { Spread } from './csat.ts';
import type { Numbers } from './change.ts';
import type { Estimate } from './estimate.ts';
import type { Scope } from './scope.ts';
import type { Health, Path } from './week.ts';

/** Days at which a curve of returns is read. */
export const markDays = [1, 3, 7, 14, 30] as const;

/** What the curve of returns may be split by. */
export const groupings = ['route', 'outcome', 'topic', 'channel', 'trigger'] as const;
export type Grouping = (typeof groupings)[number];

/** What counts as a return, and how it is looked at. */
export type Choices = {
	by: Grouping;
	/** a contact on the same topic, or on any */
	match: 'same' | 'any';
	/** a contact on any channel, or on the same */
	on: 'any' | 'same';
	/** the window in days that rates, weeks and destinations are of */
	days: number;
};

/**
 * Share of customers (0–1) who had come back by a day, with how many were still watched then; value
 * null where they are fewer than ten. `same` and `other` split it by the topic of the first contact
 * and add up to it; null where only returns on the same topic are asked for.
 */
export type Back = Spread & {
	day: number;
	watched: number;
	same: Spread | null;
	other: Spread | null;
};

/** How the share of those back grows over the days after one path. */
export type ReturnCurve = {
	path: Path;
	/** handoffs or conversations followed */
	n: number;
	steps: Back[];
	marks: Back[];
	/** shares by simple counting within the window: the young as not back, or left out */
	simple: { asGood: number | null; matureOnly: number | null };
};

/** One group of handoffs among the others. */
export type ReturnGroup = {
	/** null: none logged */
	key: string | null;
	n: number;
	marks: Back[];
	/** the curve, of the largest groups only */
	line: { day: number; value: number | null }[] | null;
	/** share back within the window, drawn towards the others; null: too few to rank */
	shrunken: Spread | null;
	/** against all other handoffs over all days; p after Benjamini–Hochberg. Null: not tested */
	against: { observed: number; expected: number; p: number; differs: boolean } | null;
};

/** Groups, surely high ones first, those with too few last; the log-rank test of all of them. */
export type GroupedReturns = {
	groups: ReturnGroup[];
	test: { p: number; groups: number } | null;
};

/** How many of `n` (null: none logged), with Wilson's interval. */
export type Share = { key: string | null; hits: number } & Spread;

/** Where customers came back to within the window, with their next contact whatever its topic. */
export type Destinations = {
	path: Path;
	/** customers seen to come back, of whom the shares are */
	back: number;
	channels: Share[];
	/** keys same, other, unknown */
	topics: Share[];
	/** the other topics they came back with */
	otherTopics: Share[];
	/** keys are paths, or unknown */
	paths: Share[];
	/** from the channel of the first contact to that of the next */
	moves: { from: string | null; to: string | null; contacts: number }[];
};

/** Containment of a topic and what became of the contained. */
export type Contained = {
	topic: string | null;
	containment: Estimate;
	falseContainment: Estimate;
	/** AI-only conversations seen to be followed by a contact on the same topic within the window */
	seen: number;
};

/** How far the log can see, of one path. */
export type PathLimits = {
	path: Path;
	contacts: number;
	withoutCustomer: number;
	withoutTopic: number;
	withoutChannel: number;
	endedAfterLog: number;
	followed: number;
	/** could be watched for the whole window, for want of a contact */
	watchable: number;
	/** median days for which those followed could be watched */
	medianDays: number | null;
};

/** Handoffs with and without a customer id, as far as they can be compared. */
export type IdentifiedRow = {
	isKnown: boolean;
	handoffs: number;
	/** 0 without ids */
	customers: number;
	answered: Tally;
	/** waits for a person that are longer than the median of all */
	longWaits: Tally;
	/** seconds */
	wait: { p50: number | null; p90: number | null };
};

export type Limits = {
	paths: PathLimits[];
	/** share of all contacts that carry a customer id; null without contacts */
	identified: number | null;
	compared: IdentifiedRow[];
	/** shares answered, and waiting longer than the median of all, without an id less those with */
	answeredDifference: Spread | null;
	longWaitDifference: Spread | null;
};

/** The leading numbers of the page: returns on the same topic, within the window chosen. */
export const repeatNumbers = ['repeat_rate', 'false_containment_rate'] as const;

/** Everything the page Repeats shows. */
export type RepeatsPage = Scope & {
	numbers: Numbers<(typeof repeatNumbers)[number]>;
	choices: Choices;
	/** what the log is grouped by where the address names nothing */
	defaultBy: Grouping;
	/** the window of the settings, and the days that a window may have */
	windowDays: number;
	marks: number[];
	/** handoffs of the filter */
	handoffs: number;
	/** paths of which anyone could be followed, handed off first */
	curves: ReturnCurve[];
	groups: GroupedReturns;
	/** up to 26 weeks that end with the period */
	series: { path: Path; week: string; returned: Estimate }[];
	/** last local date followed for the whole window; null in an empty log */
	knownTo: string | null;
	destinations: Destinations[];
	/** null where conversations do not carry what the page is filtered by */
	containment: { all: Contained; topics: Contained[] } | null;
	limits: Limits;
	fields: Health['fields'];
};
