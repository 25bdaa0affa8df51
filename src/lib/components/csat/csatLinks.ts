import { ofPath, surveyedConversations } from '../../conversationNarrowings.ts';
import type { Narrowing } from '../../handoffs.ts';
import type { ListAddress } from '../../list.ts';
import { countedHandoffs } from '../../narrowings.ts';
import type { FilterDimension, Scope } from '../../scope.ts';
import type { Path } from '../../week.ts';
import { conversationsBehind, handoffsBehind } from '../figure/figureAddress.ts';

const { csat_response_rate = {}, csat_top2 = {}, csat_mean = {} } = countedHandoffs;

/** Handoffs by what they answered: all of them, those that answered, were satisfied, kept silent. */
export const surveyed = {
	all: {},
	answered: csat_response_rate,
	satisfied: csat_top2,
	lowestFirst: csat_mean,
	silent: { ranges: { csat: null } }
} satisfies Record<string, Narrowing>;
export type Surveyed = keyof typeof surveyed;

/** The handoffs behind a number of a page, of paths without one the conversations. */
export const surveyedBehind = (
	url: URL,
	scope: Scope,
	path: Path,
	of: Surveyed,
	values: Partial<Record<FilterDimension, string | null>> = {}
): ListAddress =>
	path === 'handed_off'
		? handoffsBehind(url, scope, values, surveyed[of])
		: conversationsBehind(url, scope, values, ofPath(path, surveyedConversations[of]));
