/** Words of the page Definitions: intervals with their sources, and what other definitions count. */
import type {
	ContainmentId,
	Counted,
	FamilyId,
	RepeatId,
	ResolutionId
} from '../../definitions.ts';
import { formatChange, formatChangeInterval, type Change } from '../../change.ts';
import type { Estimate } from '../../estimate.ts';
import { formatNumber } from '../../format.ts';
import type { Metric, Unit } from '../../metrics.ts';

/** How an interval is made, and whose method it is. */
export const intervalWords: Record<Exclude<Metric['interval'], null>, string> = {
	wilson: 'Wilson, 95 % (Wilson 1927)',
	t: 'Student’s t, 95 % (Student 1908)',
	'log-log': 'Kaplan–Meier with log-log limits, 95 % (Kaplan and Meier 1958)'
};

export const unitWords: Record<Unit, string> = {
	count: 'count',
	share: 'share',
	s: 'time',
	score: 'score, 0–100',
	csat: 'rating, 1–5',
	fraction: 'mean of values 0–1'
};

export const betterWords = (better: Metric['better']) =>
	better === null ? 'neither direction is good in itself' : `${better} is better`;

/** What a definition counts, and who gains where it says more or less than ours. */
export type OtherWords = {
	name: string;
	counts: string;
	/** fields of the log that it needs */
	needs: string;
	gains: string | { above: string; below: string };
};

const seller = 'Whoever is paid per resolution';

const resolution: Record<ResolutionId, OtherWords> = {
	reached: {
		name: 'Abandoned and not connected left out',
		counts: 'As ours, without those two.',
		needs: 'outcome',
		gains: 'Whoever runs the queue: customers who gave up waiting leave the count.'
	},
	answered: {
		name: 'A person’s reply counts',
		counts: 'Resolved or answered, over all known outcomes.',
		needs: 'outcome',
		gains: 'The team: a reply that solved nothing counts as solved.'
	},
	confirmed: {
		name: 'Confirmed by the customer',
		counts: 'The conversation’s record says confirmed, over records that say how it ended.',
		needs: 'resolution, in conversation records',
		gains: {
			above: 'The team: a transfer or call-back counts once the customer says it is solved.',
			below: 'Nobody: content customers who say nothing count as not resolved.'
		}
	},
	confirmed_or_assumed: {
		name: 'Confirmed or assumed, as logged',
		counts: 'The conversation’s record says confirmed or assumed.',
		needs: 'resolution, in conversation records',
		gains: {
			above: 'Whoever writes the log: what it assumes counts as resolved.',
			below: 'Nobody: the records know fewer good ends than the outcomes.'
		}
	},
	silent_24h: {
		name: 'Assumed: no contact within 24 h',
		counts: 'No other contact of the customer, on any topic, within a day. Abandoned counts.',
		needs: 'customer_id, topic',
		gains: {
			above: `${seller}: who comes back on the second day, or gives up, counts as resolved.`,
			below: 'Nobody: a question on another topic counts against the handoff.'
		}
	},
	silent_72h: {
		name: 'Assumed: no contact within 72 h',
		counts: 'The same within three days. Abandoned counts.',
		needs: 'customer_id, topic',
		gains: {
			above: `${seller}, less than at 24 h: later returns and those who gave up count as resolved.`,
			below: 'Nobody: a question on another topic counts against the handoff.'
		}
	},
	silent_7d: {
		name: 'Assumed: no contact within 7 days',
		counts: 'The same within a week. Abandoned counts.',
		needs: 'customer_id, topic',
		gains: {
			above: `${seller}: who gives up and goes elsewhere counts as resolved.`,
			below: 'Nobody: a question on another topic counts against the handoff.'
		}
	},
	silent_7d_not_abandoned: {
		name: 'Assumed within 7 days, abandoned not counted',
		counts: 'The same, and neither abandoned nor not connected.',
		needs: 'customer_id, topic, outcome',
		gains: {
			above: 'The team: who was served badly and stays away counts as resolved.',
			below: 'Nobody: a question on another topic counts against the handoff.'
		}
	}
};

const containment: Record<ContainmentId, OtherWords> = {
	everyone: {
		name: 'Every conversation in the count',
		counts: 'No handoff, over all conversations: also those a person had from the start.',
		needs: 'conversation records',
		gains: 'The AI: what it never had a part in counts as contained.'
	},
	not_abandoned: {
		name: 'Abandoned not counted',
		counts: 'No handoff, and the customer did not give up.',
		needs: 'resolution, in conversation records',
		gains: 'The customer: giving up is no success of the AI.'
	},
	confirmed: {
		name: 'Resolved: confirmed by the customer',
		counts: 'No handoff, and the record says confirmed.',
		needs: 'resolution, in conversation records',
		gains: 'The customer: only their word counts. Content customers who say nothing are missed.'
	},
	confirmed_or_assumed: {
		name: 'Resolved: confirmed or assumed, as logged',
		counts: 'No handoff, and the record says confirmed or assumed.',
		needs: 'resolution, in conversation records',
		gains: 'Whoever writes the log: what it assumes decides.'
	},
	silent_24h: {
		name: 'Resolved: no contact within 24 h',
		counts: 'No handoff, and no other contact, on any topic, within a day. Abandoned counts.',
		needs: 'customer_id, topic, in conversation records',
		gains: `${seller}, beside the next rows: who comes back on the second day, or gives up, counts.`
	},
	silent_72h: {
		name: 'Resolved: no contact within 72 h',
		counts: 'The same within three days. Abandoned counts.',
		needs: 'customer_id, topic, in conversation records',
		gains: `${seller}: who comes back on the fourth day, or gives up, counts.`
	},
	silent_7d: {
		name: 'Resolved: no contact within 7 days',
		counts: 'The same within a week. Abandoned counts. Nobody it counts can have come back by then.',
		needs: 'customer_id, topic, in conversation records',
		gains: `${seller}: who gives up and goes elsewhere counts.`
	},
	silent_7d_not_abandoned: {
		name: 'Resolved within 7 days, abandoned not counted',
		counts: 'The same, and the customer did not give up.',
		needs: 'customer_id, topic, resolution, in conversation records',
		gains: 'The customer, most of all definitions by silence. Who stays away unhelped still counts.'
	}
};

/** The four ways to count a return, each over three windows. */
const returns: Record<'same_any' | 'any_any' | 'same_same' | 'any_same', OtherWords> = {
	same_any: {
		name: 'Same topic, any channel',
		counts: 'As ours, over handoffs whose whole window the log shows. Ours counts younger ones for the days they were watched.',
		needs: 'customer_id, topic',
		gains: 'The team and the AI, the shorter the window: later returns are not seen.'
	},
	any_any: {
		name: 'Any topic, any channel',
		counts: 'Any other contact of the customer.',
		needs: 'customer_id, topic',
		gains: {
			above: 'Nobody: a new matter counts against the handoff. The customer’s whole effort is seen.',
			below: 'The team and the AI: the short window hides more than other topics add.'
		}
	},
	same_same: {
		name: 'Same topic, same channel',
		counts: 'Only a contact on the channel of the handoff.',
		needs: 'customer_id, topic, channel',
		gains: 'Whoever answers for one channel: who chats first and then calls has not come back.'
	},
	any_same: {
		name: 'Any topic, same channel',
		counts: 'Any other contact on the channel of the handoff.',
		needs: 'customer_id, topic, channel',
		gains: {
			above: 'Nobody: a new matter counts against the handoff.',
			below: 'Whoever answers for one channel: who changes it has not come back.'
		}
	}
};

/** Rows of a family: one definition each, over one window or several. */
export type OtherRow = { words: OtherWords; cells: { label: string | null; counted: Counted }[] };

export const familyWords: Record<FamilyId, { title: string; intro: string; empty: string }> = {
	resolution: {
		title: 'Resolved after a handoff',
		intro: 'Silence is no resolution to Seam: the outcome in the log decides, and who gave up counts as not resolved.',
		empty: 'The log says of none of these handoffs that it was resolved or unresolved, so ours stays empty.'
	},
	containment: {
		title: 'Contained or resolved by the AI',
		intro: 'No handoff says nothing about help. Beside each share stands who of the counted came back on the same topic.',
		empty: 'The log has no conversation records here. Add them to see this; how: docs/log-format.md.'
	},
	repeats: {
		title: 'Repeat contacts',
		intro: 'The same handoffs, four ways to count a return, three windows.',
		empty: 'None of these handoffs carries both a customer id and a topic, so nobody can be followed.'
	}
};

const windowWords = { 1: '24 h', 3: '72 h', 7: '7 days' };

/** The rows of a family in the order of the page. */
export function rowsOf(family: FamilyId, others: Counted[]): OtherRow[] {
	if (family !== 'repeats') {
		const words: Record<string, OtherWords> =
			family === 'resolution' ? resolution : containment;
		return others.flatMap((counted) => {
			const own = words[counted.id];
			return own ? [{ words: own, cells: [{ label: null, counted }] }] : [];
		});
	}
	return (Object.keys(returns) as (keyof typeof returns)[]).map((way) => ({
		words: returns[way],
		cells: ([1, 3, 7] as const).flatMap((days) => {
			const id: RepeatId = `${way}_${days}`;
			const counted = others.find((one) => one.id === id);
			return counted ? [{ label: windowWords[days], counted }] : [];
		})
	}));
}

/** A share less ours in percentage points, where both can be said. */
export function differenceOf(other: Estimate, ours: Estimate | null, floor: number): number | null {
	const value = (one: Estimate | null) => (one && one.n >= floor ? one.value : null);
	const [a, b] = [value(other), value(ours)];
	return a === null || b === null ? null : 100 * (a - b);
}

/** "+8.6 points", "−3.1 points", "0.0 points". */
export function pointsWords(points: number): string {
	const size = formatNumber(Math.abs(points), 1);
	const sign = size === '0.0' ? '' : points > 0 ? '+' : '−';
	return `${sign}${size} points`;
}

/** "+1.2 points (−0.5 to +2.9)" of a share; null where nothing is compared, or too few. */
export function changeWords(change: Change | null): string | null {
	if (!change || change.difference === null) return null;
	const interval =
		change.low === null || change.high === null
			? ''
			: ` (${formatChangeInterval(change.low, change.high, 'share')})`;
	return `${formatChange(change.difference, 'share')}${interval}`;
}

/** Who gains from a difference; where the definition has several windows, from that of the widest. */
export function gainsWords({ gains }: OtherWords, points: number | null): string {
	if (typeof gains === 'string') return gains;
	return points !== null && points < 0 ? gains.below : gains.above;
}
