import { ofPath } from '../../conversationNarrowings.ts';
import type { ConversationNarrowing } from '../../conversations.ts';
import type { Narrowing } from '../../handoffs.ts';
import { turnEnds } from '../../triggers.ts';

/** Handoffs that were moved and ended in a queue. */
export const movedTo = (queue: string | null): Narrowing => ({
	flags: { misrouted: true },
	values: { resolved_queue: [queue ?? ''] }
});

/** The first handoffs of conversations with so many, one each; 4 stands for four and more. */
export const chainNarrowing = (handoffs: number): Narrowing => ({
	flags: { first: true },
	ranges: {
		conversation_handoffs: { from: handoffs, to: handoffs === 4 ? null : handoffs }
	}
});

/** The first handoffs of conversations with several. */
export const severalNarrowing: Narrowing = {
	flags: { first: true },
	ranges: { conversation_handoffs: { from: 2, to: null } }
};

/** Handoffs that were given back to the AI, by what came next. */
export function handbackNarrowing(next?: 'again' | 'came_back' | 'stayed'): Narrowing {
	const outcomes = ['returned_to_ai'];
	if (next === undefined) return { outcomes };
	return {
		outcomes,
		flags: next === 'again' ? { again: true } : { again: false, repeated: next === 'came_back' }
	};
}

/** Handoffs of conversations whose right turn is labelled, the first of each. */
export const labelledNarrowing: Narrowing = { flags: { labelled: true, first: true } };

/** The same, of those that no turn was right for. */
export const neverRightNarrowing: Narrowing = {
	...labelledNarrowing,
	ranges: { turns_late: null }
};

/** Labelled conversations that the AI kept, all and those that should have been handed over. */
export const keptLabelled = {
	all: ofPath('ai_only', { ranges: { right_turn: { from: null, to: null } } }),
	wrong: ofPath('ai_only', { ranges: { right_turn: { from: 1, to: null } } })
} satisfies Record<string, ConversationNarrowing>;

/** Handoffs before, at and after the nearest turn that is labelled as right. */
export const turnsNarrowing = {
	known: { ranges: { turns_late: { from: null, to: null } } },
	early: { ranges: { turns_late: { from: null, to: -1 } } },
	right: { ranges: { turns_late: { from: 0, to: 0 } } },
	late: { ranges: { turns_late: { from: 1, to: null } } }
} satisfies Record<string, Narrowing>;

/** Handoffs so many turns late; the ends of the figure stand for what is beyond. */
export const turnsAt = (turns: number): Narrowing => ({
	ranges: {
		turns_late: {
			from: turns <= turnEnds.early ? null : turns,
			to: turns >= turnEnds.late ? null : turns
		}
	}
});

/** Handoffs that a reviewer says something of, in Seam or in the log. */
export const judgedNarrowing: Narrowing = { flags: { judged: true } };

/** Those that a reviewer in Seam could not decide. */
export const unsureNarrowing: Narrowing = { flags: { reviewed: true, avoidable: null } };

/** Those of which a reviewer says what the AI lacked. */
export const lackedNarrowing = (lacked: string): Narrowing => ({ values: { lacked: [lacked] } });
