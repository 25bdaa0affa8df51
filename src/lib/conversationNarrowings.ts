/** The conversations behind a number: what the list is narrowed to so that it holds them. */
import type { ConversationNarrowing } from './conversations.ts';
import type { ContainmentId } from './definitions.ts';
import type { MetricId } from './metrics.ts';
import type { Path } from './week.ts';

/** Conversations that the AI had a part in and handed to nobody, also where nobody is named. */
const contained: ConversationNarrowing = { paths: ['ai_only', ''] };

/** Those that the AI had a part in: what a person had alone could not be handed over. */
export const withAi: ConversationNarrowing = { paths: ['ai_only', 'handed_off', ''] };

/**
 * The conversations behind a metric: of a share those that it counts, of false containment those
 * seen to come back within the window. Metrics over handoffs have none.
 */
export const countedConversations: Partial<Record<MetricId, ConversationNarrowing>> = {
	conversations: {},
	handoff_rate: { paths: ['handed_off'] },
	containment_rate: contained,
	false_containment_rate: { paths: ['ai_only'], flags: { repeated: true } }
};

const known = { from: null, to: null };

/** Conversations by what they answered: all, those that answered, were satisfied, kept silent. */
export const surveyedConversations = {
	all: {},
	answered: { ranges: { csat: known } },
	satisfied: { ranges: { csat: { from: 4, to: 5 } } },
	lowestFirst: { ranges: { csat: known }, sort: 'csat', dir: 'asc' },
	silent: { ranges: { csat: null } }
} satisfies Record<string, ConversationNarrowing>;

/** Conversations of a path that nobody handed over, narrowed further. */
export const ofPath = (
	path: Exclude<Path, 'handed_off'>,
	narrowing: ConversationNarrowing = {}
): ConversationNarrowing => ({ ...narrowing, paths: [path] });

/** The conversations that other definitions count as contained. */
export const containedByOthers: Record<ContainmentId, ConversationNarrowing> = {
	everyone: { paths: ['ai_only', 'human_only', ''] },
	not_abandoned: { ...contained, resolutions: ['confirmed', 'assumed', 'unresolved', ''] },
	confirmed: { ...contained, resolutions: ['confirmed'] },
	confirmed_or_assumed: { ...contained, resolutions: ['confirmed', 'assumed'] },
	silent_24h: { ...contained, silent: 1 },
	silent_72h: { ...contained, silent: 3 },
	silent_7d: { ...contained, silent: 7 },
	silent_7d_not_abandoned: {
		...contained,
		silent: 7,
		resolutions: ['confirmed', 'assumed', 'unresolved', '']
	}
};

/** Of some conversations those seen to come back on the topic within the window of the settings. */
export const cameBack = (narrowing: ConversationNarrowing): ConversationNarrowing => ({
	...narrowing,
	flags: { ...narrowing.flags, repeated: true }
});
