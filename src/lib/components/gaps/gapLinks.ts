/** Where the numbers of a gap lead. */
import type { Gap, GapsPage } from '../../gaps.ts';
import { gapAddress } from '../../gapAddress.ts';
import { handoffsAddress, type Narrowing } from '../../handoffs.ts';
import type { FilterDimension } from '../../scope.ts';
import { address, placeOf, type Active, type Extra } from '../address.ts';
import { handoffsBehind, narrowed } from '../figure/figureAddress.ts';

type Named = Pick<Gap, 'topic' | 'phrase'>;

/** Handoffs of a gap of one route. */
export const handoffsOf = (
	url: URL,
	page: GapsPage,
	{ topic, phrase }: Named,
	route: 'failure' | 'topic',
	narrowing: Narrowing = {}
) => handoffsBehind(url, page, { topic, route }, { ...narrowing, phrase: phrase?.id ?? null });

/** The page's handoffs by route, under other filters than those of some dimensions. */
const routed = (
	url: URL,
	page: GapsPage,
	route: 'failure' | null,
	without: FilterDimension[],
	more: Active[] = []
) => {
	const filters = narrowed(page, { route }).filter(
		({ dimension }) => !without.includes(dimension)
	);
	return handoffsAddress(
		placeOf(page, { filters: [...filters, ...more] }),
		{},
		url.pathname + url.search
	);
};

/** The failure handoffs of several topics. */
export const failuresOf = (url: URL, page: GapsPage, gaps: readonly Named[]) =>
	routed(
		url,
		page,
		'failure',
		['topic'],
		gaps.map(({ topic }): Active => ({ dimension: 'topic', value: topic ?? '' }))
	);

/** Handoffs without a route: of all topics and triggers, as the page counts them. */
export const withoutRoute = (url: URL, page: GapsPage) =>
	routed(url, page, null, ['topic', 'trigger']);

/** The filters of the page but for the route, which changes nothing of it. */
export const unrouted = (page: GapsPage) =>
	(placeOf(page).filters ?? []).filter(({ dimension }) => dimension !== 'route');

/** The page of one gap, with the period and filters of the list. */
export const pageOf = (page: GapsPage, gap: Named) =>
	gapAddress(
		gap,
		placeOf(page, {
			filters: (placeOf(page).filters ?? []).filter(
				({ dimension }) => dimension !== 'topic' && dimension !== 'route'
			)
		})
	);

/** What of the list is chosen, in its address. */
export const choiceExtras = ({ choices }: GapsPage, changed: Partial<GapsPage['choices']> = {}) => {
	const { kinds, statuses, emergingOnly } = { ...choices, ...changed };
	return [
		...kinds.map((kind): Extra => ['kind', kind]),
		...statuses.map((status): Extra => ['status', status]),
		...(emergingOnly ? [['emerging', 'yes'] satisfies Extra] : [])
	];
};

/** The list with another choice. */
export const chosenAddress = (page: GapsPage, changed: Partial<GapsPage['choices']>) =>
	address('/gaps', placeOf(page, { extras: choiceExtras(page, changed) }));

/** The same list as a file. */
export function fileAddress(page: GapsPage, format: 'csv' | 'markdown'): `/api/gaps?${string}` {
	const query = new URLSearchParams([
		['from', page.from],
		['to', page.to],
		['format', format],
		...(placeOf(page).filters ?? []).map(({ dimension, value }) => [dimension, value]),
		...choiceExtras(page)
	]);
	return `/api/gaps?${query.toString()}`;
}
