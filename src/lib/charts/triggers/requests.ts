import { formatNumber } from '../../format.ts';
import { metrics } from '../../metrics.ts';
import type { Asked } from '../../triggers.ts';
import type { Chart } from '../chart.ts';
import { colour } from '../chart.ts';
import type { Href } from '../links.ts';
import { dotRows } from '../dotRows.ts';

/** "not at all", "once", "twice", "three times or more", "not logged". */
export function requestWords(requests: Asked['requests']): string {
	if (requests === null) return 'not logged';
	return ['not at all', 'once', 'twice', 'three times or more'][requests] ?? String(requests);
}

/** How satisfied customers are and whether it was resolved, by how often they had asked for a person. */
export function requests(rows: Asked[], period: string, href?: Href<Asked['requests']>): Chart {
	const known = rows.filter((row) => row.requests !== null);
	const enough = <Share extends { n: number }>(share: Share) =>
		share.n >= metrics.csat_top2.floor ? share : null;
	return dotRows(
		known.map(({ requests, handoffs, csat_top2, resolution_rate }) => ({
			label: requestWords(requests),
			below: `n = ${formatNumber(handoffs)}`,
			shares: [enough(csat_top2), enough(resolution_rate)],
			href: href?.(requests)
		})),
		[
			{ label: 'Satisfied', stroke: colour.person, symbol: 'circle' },
			{ label: 'Resolved', stroke: colour.ink, symbol: 'square' }
		],
		{
			title: `Satisfied and resolved by how often a person was asked for, ${period}`,
			description: `Dots with 95 % intervals: satisfied share and resolution rate by how often the customer had asked for a person, ${period}.`,
			axis: 'Share of answers of 4 or 5, and of known ends',
			head: 'Asked for a person'
		}
	);
}
