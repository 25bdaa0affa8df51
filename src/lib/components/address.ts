import type { FacetValue, Week, WeekDimension } from '../week.ts';
import { weekDimensions } from '../week.ts';

/** Names of the filters as pages write them. */
export const dimensionNames: Record<WeekDimension, string> = {
	topic: 'Topic',
	route: 'Route',
	channel: 'Channel'
};

/** A filter that is on. */
export type Active = { dimension: WeekDimension; value: string };

/** The filters that are on, in the order of the bar. */
export function activeFilters(facets: Record<WeekDimension, FacetValue[]>): Active[] {
	return weekDimensions.flatMap((dimension) =>
		facets[dimension].filter(({ chosen }) => chosen).map(({ value }) => ({ dimension, value }))
	);
}

/** The address of a week under filters: "/?week=2026-11-09&topic=Refunds". */
export function address(week: string, filters: Active[]): `/?${string}` {
	const query = new URLSearchParams({ week });
	for (const { dimension, value } of filters) query.append(dimension, value);
	return `/?${query.toString()}`;
}

/** A filter value in words; the empty bucket is "(none)". */
export function valueWords({ dimension, value }: Active): string {
	if (value === '') return '(none)';
	if (dimension !== 'route') return value;
	return { failure: 'Failure', topic: 'Topic' }[value] ?? value;
}

/** The nearest weeks with handoffs before and after one; undefined where there is none. */
export function neighbours(
	weeks: Week['weeks'],
	week: string
): { before: string | undefined; after: string | undefined } {
	const filled = weeks.filter(({ n }) => n > 0);
	return {
		before: filled.findLast((one) => one.week < week)?.week,
		after: filled.find((one) => one.week > week)?.week
	};
}
