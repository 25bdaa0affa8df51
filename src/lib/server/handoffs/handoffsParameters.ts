/** The parameters of the list of handoffs as a file: those of its page, and the form. */
import { z } from 'zod';
import { contextItems } from '../../../../ingest/contract.ts';
import {
	columnIds,
	flags,
	listColumns,
	numberColumns,
	valueColumns,
	type ValueColumn
} from '../../handoffs.ts';
import { oneOf } from '../http/parameters.ts';
import {
	flagParameters,
	orderParameters,
	rangeParameters,
	scopeParameters,
	text
} from '../list/listParameters.ts';

/** Items of context, each of which narrows further. */
const itemsOf = (name: string, description: string) =>
	z.array(oneOf(name, contextItems)).optional().meta({ description });

const valueParameters = Object.fromEntries(
	valueColumns.map((column) => [
		column,
		z
			.array(z.string())
			.optional()
			.meta({
				description: `${listColumns[column].label}: only these; again for several; empty for none.`
			})
	])
) as Record<ValueColumn, z.ZodOptional<z.ZodArray<z.ZodString>>>;

/** Values are read by `readAsked` as on the page; what it leaves out there is refused here. */
export const handoffsParameters = z.strictObject({
	...scopeParameters,
	outcome: z.array(z.string()).optional().meta({
		description: 'Only these outcomes; again for several; empty for those without one.'
	}),
	...valueParameters,
	has: itemsOf('has', 'Only handoffs that this item of context travelled with; again for more.'),
	lacks: itemsOf(
		'lacks',
		'Only handoffs that log their context, without this item of it; again for more.'
	),
	...flagParameters('handoffs', flags),
	...rangeParameters(listColumns, numberColumns),
	phrase: text('The id of a phrase group that holds their question, such as p3-12.'),
	silent: text('No other contact of the customer within so many days, all of them watched.'),
	weekday: text('1 (Monday) to 7, local.'),
	hour: text('0 to 23, local.'),
	q: text('Words to find in question, summary and resolution, or the id of a handoff.'),
	...orderParameters(columnIds)
});
