/** The parameters of the list of conversations as a file: those of its page, and the form. */
import { z } from 'zod';
import {
	conversationColumnIds,
	conversationColumns,
	conversationFlags,
	conversationNumbers,
	conversationPaths,
	resolutions
} from '../../conversations.ts';
import { conversationFilters, filterDimensions } from '../../scope.ts';
import { oneOf } from '../http/parameters.ts';
import {
	flagParameters,
	orderParameters,
	rangeParameters,
	scopeParameters,
	text
} from '../list/listParameters.ts';

const severalOf = (name: string, values: readonly string[], description: string) =>
	z.array(oneOf(name, values)).optional().meta({ description });

/** Filters that conversations do not carry. */
const uncarried = filterDimensions.filter(
	(dimension) => !conversationFilters.some((one) => one === dimension)
);

/** Values are read by `readConversationsAsked` as on the page; what it leaves out there is refused here. */
export const conversationsParameters = z
	.strictObject({
		...scopeParameters,
		path: severalOf(
			'path',
			conversationPaths,
			'Only these paths; again for several; empty for those of which it is not known.'
		),
		resolution: severalOf(
			'resolution',
			resolutions,
			'Only these ends; again for several; empty for those without one.'
		),
		...flagParameters('conversations', conversationFlags),
		...rangeParameters(conversationColumns, conversationNumbers),
		silent: text('No other contact of the customer within so many days, all of them watched.'),
		q: text('The id of a conversation or of a customer: period and filters are set aside.'),
		...orderParameters(conversationColumnIds)
	})
	.omit(
		Object.fromEntries(uncarried.map((name) => [name, true])) as Record<
			Exclude<(typeof filterDimensions)[number], (typeof conversationFilters)[number]>,
			true
		>
	);
