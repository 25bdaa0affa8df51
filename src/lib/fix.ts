/** Fixes: what somebody has done about a gap, as it stands in the ledger. */

/** One version of a fix. An edit ends the version before it, a withdrawal the last one. */
export type Fix = {
	/** a small whole number, the same through all edits, and never given to another fix */
	fix_id: number;
	/** what was done, in a line */
	what: string;
	/** who did it, in their own words */
	who: string | null;
	/** local date, 'YYYY-MM-DD' */
	done_on: string;
	/** an http or https address, such as that of the article or the ticket */
	link: string | null;
	/** a topic as the log spells it */
	topic: string;
	/** the phrase group within the topic, by its id; null: the topic as a whole */
	phrase_group: string | null;
	/** UTC, to the microsecond */
	recorded_at: string;
	/** the same, of the edit or the withdrawal that ended this version; null while it stands */
	ended_at: string | null;
};

/** How long the texts of a fix may be, in characters. */
export const fixLimits = { what: 200, who: 80, link: 500, phrase_group: 80 } as const;
