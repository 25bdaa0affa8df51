/** One handoff as pages show it, and what a reviewer said of it. Times are local, waits seconds. */
import type { Components, Weights } from './analysis/compositeScore.ts';
import { absent, formatNumber } from './format.ts';

/** What the AI can lack: the choices of the log's field of that name. */
export const lackedChoices = [
	'information',
	'authority',
	'integration',
	'judgement',
	'empathy'
] as const;
export type Lacked = (typeof lackedChoices)[number];

/** Whether a person was needed, and what the AI lacked; null: the reviewer could not tell. */
export type Verdict = { necessary: boolean | null; lacked: string | null };

/** A verdict given in Seam. */
export type Review = Verdict & {
	handoff_id: string;
	note: string | null;
	/** who reviewed, in their own words */
	reviewer: string | null;
	/** local time, 'YYYY-MM-DDTHH:MM' */
	reviewed_local: string;
};

/** What the reasons of a low score are read from; null where the log does not say. */
export type Judged = {
	topic: string | null;
	queue: string | null;
	resolved_queue: string | null;
	transfers: number | null;
	wait_before_s: number | null;
	/** until the first human reply, or until giving up */
	wait_after_s: number | null;
	handle_s: number | null;
	outcome: string | null;
	is_late: boolean | null;
	is_cold: boolean | null;
	is_hidden: boolean | null;
	is_fought: boolean | null;
	is_misrouted: boolean | null;
	is_resolved: boolean | null;
	is_answered: boolean | null;
	human_requests: number | null;
	ai_attempts: number | null;
	reasked: number | null;
	/** what travelled */
	context: string[] | null;
	/** required items of context that did not travel */
	missing: string[] | null;
	resolution_efficiency: number | null;
	/** the limits that were applied to it */
	late_limit_s: number;
	late_ai_attempts: number;
	gap_target_s: number;
	gap_worst_s: number;
};

type Seen = Judged & {
	handoff_id: string;
	trigger: string | null;
	route: string | null;
	channel: string | null;
	csat: number | null;
	/** 0–100, of the weight that is known (0–1) */
	score: number | null;
	score_coverage: number;
	question: string | null;
	summary: string | null;
	/** the verdict that the log carries */
	necessary: boolean | null;
	lacked: string | null;
	/** the verdict given in Seam, which goes before that of the log */
	review: Review | null;
};

/** One of the lowest-scoring handoffs. */
export type WorstHandoff = Seen & {
	/** 'YYYY-MM-DDTHH:MM' */
	handed_off_local: string;
};

/** Everything the page of one handoff says. Times 'YYYY-MM-DDTHH:MM:SS'. */
export type Handoff = Seen & {
	conversation_id: string;
	/** null: the log does not say whose handoff it is, so no other contact is known */
	customer_id: string | null;
	subtopic: string | null;
	language: string | null;
	customer_tier: string | null;
	ai_version: string | null;
	team: string | null;
	/** Monday of its week */
	local_week: string;
	began_local: string | null;
	handed_off_local: string;
	replied_local: string | null;
	resolved_local: string | null;
	/** when the conversation ended, as far as the log tells: returns are counted from here */
	ended_local: string;
	/** the customer's next contact on any topic, counted from the end of this one */
	next_contact_local: string | null;
	next_contact_after_s: number | null;
	is_next_same_topic: boolean | null;
	time_to_resolution_s: number | null;
	/** from the beginning of the conversation to the handoff, by their times */
	began_before_s: number | null;
	/** from the handoff on, as the three below */
	replied_after_s: number | null;
	handed_off_to_resolved_s: number | null;
	ended_after_s: number;
	/** from its end to that of the log; below zero where the log ends first */
	watched_s: number;
	/** the log's waits differ from its times by more than a second */
	is_wait_disputed: boolean | null;
	announced: boolean | null;
	confidence: number | null;
	sentiment_start: number | null;
	sentiment_end: number | null;
	required_context: string[];
	/** handle times that count as quick and as slow in its topic */
	p20_s: number | null;
	p80_s: number | null;
	/** how the person resolved it */
	resolution: string | null;
	components: Components;
	weights: Weights;
};

/** The verdict that holds: that of Seam, else that of the log; null where nobody gave one. */
export function verdictOf({
	review,
	necessary,
	lacked
}: Pick<Seen, 'review' | 'necessary' | 'lacked'>): Verdict | null {
	if (review) return review;
	return necessary === null && lacked === null ? null : { necessary, lacked };
}

/** A verdict in words: "not needed, lacked information". */
export function verdictWords({ necessary, lacked }: Verdict): string {
	const need = necessary === null ? 'unsure' : necessary ? 'person needed' : 'no person needed';
	return lacked === null ? need : `${need}, AI lacked ${lacked}`;
}

/** One customer's rating: whole as it was given, with a decimal where its scale was another one. */
export const formatRating = (csat: number | null) =>
	csat === null ? absent : formatNumber(csat, Number.isInteger(csat) ? 0 : 1);
