import type { Ranking } from '../../csat.ts';
import { formatValue } from '../../format.ts';
import type { Chart } from '../chart.ts';
import type { Href } from '../links.ts';
import { shareRows } from '../shareRows.ts';
import { topicWords, triggerWords } from '../words.ts';

/** Satisfied share of topics or triggers, surely low ones first; those with too few are left out. */
export function csatRanking(
	{ groups, all }: Ranking,
	by: 'topic' | 'trigger',
	period: string,
	href?: Href<string | null>
): Chart {
	const ranked = groups.filter(({ shrunken }) => shrunken !== null);
	const words = by === 'topic' ? topicWords : triggerWords;
	return shareRows(
		ranked.map(({ key, csat_top2, shrunken, difference }) => {
			const differs = difference?.differs === true;
			const way = (difference?.value ?? 0) < 0 ? 'lower' : 'higher';
			return {
				label: words(key),
				n: csat_top2.n,
				...(differs && { remark: way }),
				asAnswered: csat_top2,
				adjusted: shrunken,
				isMarked: differs,
				href: href?.(key)
			};
		}),
		{
			title: `Satisfied share by ${by}, surely low first, ${period}`,
			description: `Dots with 95 % intervals: satisfied share after handoff for ${ranked.length} ${by}s, as answered and drawn towards the others, ${period}.`,
			axis: 'Share of answers that are 4 or 5',
			head: by === 'topic' ? 'Topic' : 'Trigger',
			adjusted: 'Drawn in',
			reference:
				all.value === null
					? null
					: { value: all.value, label: `all ${formatValue(all.value, 'share')}` }
		}
	);
}
