/** Handoffs that are reviewed one after the other: the list that somebody came from. */
import { handoffAddress } from './handoffAddress.ts';
import type { Listed } from './handoffs.ts';

export type WorklistItem = {
	handoff_id: string;
	/** 'YYYY-MM-DDTHH:MM…' */
	handed_off_local: string;
	topic: string | null;
	isReviewed: boolean;
};

export type Worklist = {
	/** path and query of the page that shows it; the name of the list in addresses */
	list: string;
	/** what it is called there */
	name: string;
	/** where it stands there: path, query and fragment */
	back: `/?${string}` | `/handoffs?${string}`;
	items: WorklistItem[];
};

export type Progress = {
	reviewed: number;
	/** place of the handoff in the list, from 1; null where it is no longer among them */
	place: number | null;
	/** neighbours in the list */
	before: WorklistItem | null;
	after: WorklistItem | null;
	/** the next one that nobody reviewed, after the last one from the first on */
	next: WorklistItem | null;
};

/** How far a list is done, seen from one of its handoffs. */
export function progressOf({ items }: Worklist, handoffId: string): Progress {
	const at = items.findIndex(({ handoff_id }) => handoff_id === handoffId);
	const beyond = at === -1 ? items : [...items.slice(at + 1), ...items.slice(0, at)];
	return {
		reviewed: items.filter(({ isReviewed }) => isReviewed).length,
		place: at === -1 ? null : at + 1,
		before: items[at - 1] ?? null,
		after: at === -1 ? null : (items[at + 1] ?? null),
		next: beyond.find(({ isReviewed }) => !isReviewed) ?? null
	};
}

/** Where a reviewer goes from here: to the next one that is not reviewed, in the end to the list. */
export function onwardFrom(worklist: Worklist, handoffId: string): string {
	const { next } = progressOf(worklist, handoffId);
	return next ? handoffAddress(next.handoff_id, worklist.list) : worklist.back;
}

/** Whether a row of the list of handoffs has a verdict, in Seam or in the log. */
export const isReviewedRow = ({
	is_reviewed,
	is_avoidable,
	lacked
}: Pick<Listed, 'is_reviewed' | 'is_avoidable' | 'lacked'>) =>
	is_reviewed || is_avoidable !== null || lacked !== null;
