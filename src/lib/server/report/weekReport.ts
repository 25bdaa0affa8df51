/** The week page as a report that can be sent, printed and read by programs. */
import { annotated } from '../../charts/annotate.ts';
import type { Chart } from '../../charts/chart.ts';
import { handoffs } from '../../charts/week/handoffs.ts';
import { moved } from '../../charts/week/moved.ts';
import { waits } from '../../charts/week/waits.ts';
import type { Mark } from '../../marks.ts';
import { metrics } from '../../metrics.ts';
import type { Log, Week } from '../../week.ts';
import type { Report } from './report.ts';
import { weekContent, type WeekContent } from './weekContent.ts';
import { weekHtml, type WeekCharts } from './weekHtml.ts';
import { weekJson } from './weekJson.ts';
import { weekMarkdown } from './weekMarkdown.ts';

type Options = {
	/** where the dashboard is, as `baseUrl` gives it; null: the report has no links */
	baseUrl: string | null;
	/** what its time axes mark, as on the pages */
	marks: readonly Mark[];
};

/**
 * The report of a week. What customers wrote is not in it: it leaves the house, and a reason needs
 * no quotation.
 */
export async function weekReport(
	page: Week,
	log: Log,
	{ baseUrl, marks }: Options
): Promise<Report> {
	const content = weekContent(page, log, { base: baseUrl, marks });
	const charts = chartsOf(page);
	return {
		subject: subjectOf(content, page),
		html: `${(
			await weekHtml(marked(content, marks), {
				...charts,
				handoffs: charts.handoffs && annotated(charts.handoffs, { marks }),
				waits: charts.waits && annotated(charts.waits, { marks })
			})
		).toString()}\n`,
		text: weekMarkdown(content),
		json: weekJson(content, page, log)
	};
}

/** The lines of the numbers with their events: symbols alone, a line of words says which. */
function marked(content: WeekContent, marks: readonly Mark[]): WeekContent {
	const small = (chart: Chart | null) => chart && annotated(chart, { marks, small: true });
	const { body } = content;
	return {
		...content,
		body: body && {
			...body,
			numbers: body.numbers.map((number) => ({ ...number, chart: small(number.chart) }))
		}
	};
}

/** "Seam, week 46, 9–15 Nov 2026: 2 findings". */
function subjectOf({ title, body, filters }: WeekContent, { complete }: Week): string {
	const found = body?.findings.length ?? 0;
	const said =
		body === null
			? 'no handoffs'
			: found > 0
				? `${found} ${found === 1 ? 'finding' : 'findings'}`
				: body.quiet.what === null
					? 'too few weeks to judge'
					: `nothing to report${complete ? '' : ' so far'}`;
	return `Seam, ${title.charAt(0).toLowerCase()}${title.slice(1)}: ${said}${filters.length > 0 ? ' (filtered)' : ''}`;
}

function chartsOf(page: Week): WeekCharts {
	const { week, series, routes } = page;
	const first = page.weeks[0]?.week;
	const { floor } = metrics.wait_after_p50;
	const hasWaits = series.some(({ values }) =>
		[values.wait_before_p50, values.wait_after_p50].some(
			({ value, n }) => value !== null && n >= floor
		)
	);
	return {
		handoffs: routes.length > 0 ? handoffs(routes, week, first) : null,
		waits: hasWaits ? waits(series, { week, first, floor }) : null,
		moved: page.moved.moved && moved(page.moved.moved)
	};
}
