/** What stands out in a week, and what it is made of. */
import type { Estimate } from './estimate.ts';
import type { MetricId } from './metrics.ts';
import type { Effect } from './moved.ts';

/** Dimensions a cause can lie in; 'moved' names a queue and the one that handoffs ended in. */
export type CauseDimension =
	'topic' | 'subtopic' | 'trigger' | 'queue' | 'channel' | 'ai_version' | 'moved';

/** A part of a change that is worth naming. */
export type Cause = {
	dimension: CauseDimension;
	/** null: handoffs without a value */
	key: string | null;
	effect: Effect | 'all';
	/** of the change, 1 = all of it; above 1 where others moved the other way */
	share: number;
	/** of a mix: whether the group has become more of all, or less */
	grew: boolean | null;
	/** the trigger that most of it hangs on */
	trigger: string | null;
};

/** A signal: a week of a metric, of all handoffs or of one topic, beyond its 3 σ limits. */
export type Finding = {
	metric: MetricId;
	/** null: all handoffs of the choice */
	topic: { key: string | null } | null;
	/** Monday of the week it is about: the last one known where a metric takes time to know */
	week: string;
	/** the centre of the baseline */
	usual: number;
	now: Estimate;
	/** first and last Monday of the baseline */
	baseline: { first: string; last: string };
	/** chance of it if nothing had changed */
	chance: number;
	/** what it is made of; null where the log has no two values to split it by */
	causes: Cause[] | null;
};
