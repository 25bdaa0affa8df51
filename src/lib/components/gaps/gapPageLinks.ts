/** Where the numbers of one gap's page lead. */
import { gapAddress } from '../../gapAddress.ts';
import type { GapPage } from '../../gapPage.ts';
import type { Narrowing } from '../../handoffs.ts';
import type { FilterDimension } from '../../scope.ts';
import { activeFilters, placeOf, type Place } from '../address.ts';
import { handoffsBehind } from '../figure/figureAddress.ts';

/** The page without what a form has put into its address. */
export function plainUrl(url: URL): URL {
	const plain = new URL(url);
	for (const name of [...plain.searchParams.keys()])
		if (name.startsWith('/')) plain.searchParams.delete(name);
	return plain;
}

/** Handoffs of the gap, of one route or any. */
export const handoffsOfGap = (
	url: URL,
	page: GapPage,
	{
		route = 'failure',
		phrase = page.phrase?.id ?? null,
		values = {},
		narrowing = {}
	}: {
		route?: 'failure' | 'topic' | null;
		phrase?: string | null;
		values?: Partial<Record<FilterDimension, string | null>>;
		narrowing?: Narrowing;
	} = {}
) =>
	handoffsBehind(
		plainUrl(url),
		page,
		{ topic: page.topic, ...(route && { route }), ...values },
		{ ...narrowing, phrase }
	);

/** Filters of the page: the topic is in its path, and gaps are of failures. */
export const filtersOf = ({ facets }: GapPage) =>
	activeFilters(facets).filter(({ dimension }) => dimension !== 'topic' && dimension !== 'route');

/** The page of the gap, of another period or group. */
export const gapPageAt = (
	page: GapPage,
	phrase: { id: string } | null = page.phrase,
	changed: Partial<Place> = {}
) =>
	gapAddress(
		{ topic: page.topic, phrase },
		placeOf(page, { filters: filtersOf(page), ...changed })
	);
