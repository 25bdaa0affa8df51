import { pick } from './phraseGroups.ts';
import { accept, assigner, type Assignment, type PhraseModel } from './phraseModel.ts';
import { prepared, proposalDefaults, proposeGroups } from './proposals.ts';
import { startModel } from './startModel.ts';
import { words } from './terms.ts';
import { looking, readying, walks, type Tell } from './walks.ts';

/** Whether people see a group: a proposal waits for somebody, a dismissed one is shown to nobody. */
export type GroupStatus = 'accepted' | 'proposed' | 'dismissed';

/** A model that holds its proposals too, with the status of each of its groups by their ids. */
export type StandingModel = { model: PhraseModel; statuses: Record<string, GroupStatus> };

/** Questions that were looked at. */
export type TakenIn = {
	model: PhraseModel;
	/** groups that the model has gained */
	gained: { id: string; label: string; status: GroupStatus }[];
	/** where each question belongs, in the order given */
	assigned: (Assignment | null)[];
};

/**
 * The first questions of a topic and language: groups of which all are accepted at once, since
 * nobody has seen others. Null where there are too few.
 */
export function takeInFirst(
	language: string | null,
	questions: readonly string[],
	tell?: Tell
): TakenIn | null {
	const start = startModel(language, questions, {}, tell);
	if (start.tooFew) return null;
	const { model, assigned } = start;
	const gained = model.groups.map(({ id, label }) => ({
		id,
		label,
		status: 'accepted' as const
	}));
	return { model, gained, assigned };
}

/**
 * What a first grouping had no room for: each question joins the nearest group, by the measure that
 * those of the first grouping joined by in the end.
 */
export function takeInRest(model: PhraseModel, questions: readonly string[], tell?: Tell): TakenIn {
	const assign = assigner(model, proposalDefaults.near);
	const look = (text: string) => assign(prepared(text));
	return { model, gained: [], assigned: walks(tell)(questions, 1, look) };
}

/**
 * Later questions: each joins the nearest accepted group, else the nearest of the proposed and
 * dismissed ones; what is left over is grouped into new proposals. So no proposal draws a question
 * that an accepted group would have had, and what was dismissed once goes on being dismissed.
 */
export function takeInLater(
	{ model, statuses }: StandingModel,
	questions: readonly string[],
	tell?: Tell
): TakenIn {
	const { sure, near } = proposalDefaults;
	const walk = walks(tell);
	const masked = walk(questions, readying, prepared);
	const isAccepted = (id: string) => statuses[id] === 'accepted';
	const only = (of: PhraseModel, keep: (id: string) => boolean): PhraseModel => ({
		...of,
		groups: of.groups.filter(({ id }) => keep(id))
	});
	const assigned = masked.map((): Assignment | null => null);
	let left = masked.flatMap((text, place) => (words(text).length > 0 ? [place] : []));
	const settle = (into: PhraseModel, threshold: number) => {
		if (into.groups.length === 0) return;
		const assign = assigner(into, threshold);
		walk(left, looking, (place) => (assigned[place] = assign(masked[place] as string)));
		left = left.filter((place) => assigned[place] === null);
	};
	settle(only(model, isAccepted), sure);
	settle(
		only(model, (id) => !isAccepted(id)),
		sure
	);
	const { proposals } = proposeGroups(model, pick(masked, left));
	const grown = proposals.reduce(accept, model);
	const gained = grown.groups.slice(model.groups.length);
	const ids = new Set(gained.map(({ id }) => id));
	settle(
		only(grown, (id) => ids.has(id)),
		near
	);
	return {
		model: grown,
		gained: gained.map(({ id, label }) => ({ id, label, status: 'proposed' })),
		assigned
	};
}
