/** One gap's page. */
import type { JudgedFix } from './fixVerdict.ts';
import type { CameBack, CameBackExample, Gap, Gaps, GapPhrase, Said } from './gaps.ts';
import type { PhraseGroups } from './phrases.ts';
import type { Scope } from './scope.ts';
import type { Health } from './week.ts';

/** Failures of one AI version. */
export type GapVersion = {
	/** null: not logged */
	version: string | null;
	failures: number;
	/** handoffs with a known route */
	handoffs: number;
	/** conversations; null where none are logged */
	conversations: number | null;
};

/** How people resolved failures, in their own words. */
export type Resolutions = {
	/** masked, most common first */
	texts: Said[];
	/** failures with a text, and texts that differ */
	known: number;
	kinds: number;
};

/** Everything the page of one gap shows. */
export type GapPage = Scope &
	Pick<Gaps, 'volume' | 'dispersion' | 'withoutRoute'> & {
		topic: string | null;
		phrase: GapPhrase | null;
		/** null: the period has nothing of it */
		gap: Gap | null;
		resolutions: Resolutions;
		versions: GapVersion[];
		/** of the topic, the group shown among them */
		phrases: PhraseGroups;
		/** of the topic; null for a phrase group, and where conversations do not carry what is filtered by */
		cameBack: { all: CameBack; examples: CameBackExample[] } | null;
		windowDays: number;
		/** fixes of the topic and of its groups, latest first; of a group's page its own and the topic's */
		fixes: JudgedFix[];
		fields: Health['fields'];
	};
