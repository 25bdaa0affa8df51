import { assigner, type Assignment, type PhraseModel } from './phraseModel.ts';
import {
	prepared,
	proposalDefaults,
	proposeGroups,
	type Proposal,
	type ProposalOptions
} from './proposals.ts';
import { words } from './terms.ts';

/**
 * New questions of a model's language: each joins the nearest group; those left over are grouped into
 * proposals, whose members are places in the list given. The model itself does not change: a proposal
 * becomes a group when it is accepted. Questions that have a group keep it and are not given again:
 * grouping asks for less (`near`) than a later assignment (`sure`). Give the questions that earlier weeks left over again with the
 * new ones, and a slow new matter is seen as well.
 */
export function updateModel(
	model: PhraseModel,
	questions: readonly string[],
	options: Partial<ProposalOptions> = {}
): { assigned: (Assignment | null)[]; proposals: Proposal[] } {
	const assign = assigner(model, { ...proposalDefaults, ...options }.sure);
	const masked = questions.map(prepared);
	const assigned = masked.map(assign);
	const left = masked.flatMap((text, place) =>
		assigned[place] === null && words(text).length > 0 ? [place] : []
	);
	const { proposals } = proposeGroups(
		model,
		left.map((place) => masked[place] as string),
		options
	);
	return {
		assigned,
		proposals: proposals.map((proposal) => ({
			...proposal,
			members: proposal.members.map((member) => left[member] as number)
		}))
	};
}
