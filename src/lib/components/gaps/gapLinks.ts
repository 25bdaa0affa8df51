/** Where the numbers of a gap lead. */
import type { Gap, GapsPage } from '../../gaps.ts';
import { gapAddress } from '../../gapAddress.ts';
import type { Narrowing } from '../../handoffs.ts';
import { address, placeOf, type Extra } from '../address.ts';
import { handoffsBehind } from '../figure/figureAddress.ts';

type Named = Pick<Gap, 'topic' | 'phrase'>;

/** Handoffs of a gap of one route. */
export const handoffsOf = (
	url: URL,
	page: GapsPage,
	{ topic, phrase }: Named,
	route: 'failure' | 'topic',
	narrowing: Narrowing = {}
) => handoffsBehind(url, page, { topic, route }, { ...narrowing, phrase: phrase?.id ?? null });

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
