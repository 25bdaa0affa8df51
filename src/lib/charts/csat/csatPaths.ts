import type { PathSummary } from '../../csat.ts';
import { metrics } from '../../metrics.ts';
import type { Path } from '../../week.ts';
import type { Chart } from '../chart.ts';
import type { Href } from '../links.ts';
import { looks } from './satisfaction.ts';
import { shareRows } from '../shareRows.ts';

/** Satisfied share of the three paths: as answered, at one topic mix, and how far silence reaches. */
export function csatPaths(paths: PathSummary[], period: string, href?: Href<Path>): Chart {
	const { floor } = metrics.csat_top2;
	const hasBounds = paths.some(({ bounds }) => bounds);
	return shareRows(
		paths.map(({ path, csat_top2, standardised, bounds }) => ({
			label: looks[path].label,
			n: csat_top2.n,
			isThin: csat_top2.n < floor,
			asAnswered: csat_top2.n < floor ? null : csat_top2,
			adjusted: standardised,
			bounds: csat_top2.n < floor ? null : bounds,
			colour: looks[path].stroke,
			href: csat_top2.n > 0 ? href?.(path) : undefined
		})),
		{
			title: `Satisfied share of the three paths, ${period}`,
			description: `Dots with 95 % intervals for ${paths.length} paths: satisfied share as answered and at the topic mix of the handoffs${hasBounds ? ', on bars that show how far those who kept silent could move it' : ''}, ${period}.`,
			axis: 'Share of answers that are 4 or 5',
			head: 'Path',
			adjusted: 'Same topic mix'
		}
	);
}
