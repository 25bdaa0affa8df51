/** What a page or a call looks at: a period and the values chosen. */
import {
	LIST,
	listValue,
	STRUCT,
	structValue,
	VARCHAR,
	type DuckDBType,
	type DuckDBValue
} from '@duckdb/node-api';
import { conversationFilters, filterDimensions, type FilterDimension } from '../../scope.ts';

/** Dimensions that numbers may be split by. */
export const dimensions = [
	'week',
	'day',
	'month',
	...filterDimensions,
	'subtopic',
	'outcome'
] as const;
export type Dimension = (typeof dimensions)[number];

/** Dimensions that conversations carry; a filter on others cannot be applied to them. */
export const conversationDimensions: readonly Dimension[] = [
	'week',
	'day',
	'month',
	...conversationFilters
];

/** `from` and `to` are local dates, `to` excluded; '' among the values stands for no value. */
export type Filter = { from: string; to: string } & Partial<Record<FilterDimension, string[]>>;

export const filterType: DuckDBType = STRUCT({
	from: VARCHAR,
	to: VARCHAR,
	...Object.fromEntries(filterDimensions.map((dimension) => [dimension, LIST(VARCHAR)]))
});

/** The filter as the parameter $filter. */
export function filterValue(filter: Filter): DuckDBValue {
	return structValue({
		from: filter.from,
		to: filter.to,
		...Object.fromEntries(
			filterDimensions.map((dimension) => {
				const chosen = filter[dimension];
				return [dimension, chosen && chosen.length > 0 ? listValue(chosen) : null];
			})
		)
	});
}

/** A dimension that the filter chooses by and conversations do not carry, if there is one. */
export const lackedByConversations = (filter: Filter) =>
	filterDimensions.find(
		(dimension) => filter[dimension]?.length && !conversationDimensions.includes(dimension)
	);
