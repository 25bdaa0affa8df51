/**
 * The report of a week as one HTML document: tables and inline styles, because mail clients drop
 * style sheets, flex, grid and SVG; pictures stand in it.
 */
import type { Chart } from '../../charts/chart.ts';
import { effectFills } from '../../charts/week/moved.ts';
import type { Effect } from '../../moved.ts';
import { effectWords } from '../../movedWords.ts';
import { html, type Html } from './html.ts';
import { palette } from './palette.ts';
import { png, pngUri } from './png.ts';
import type { Measured, ReportNumber } from './sixNumbers.ts';
import type { ReportFinding, ReportHandoff, WeekContent } from './weekContent.ts';
import { filterWords } from './weekMarkdown.ts';

type Body = NonNullable<WeekContent['body']>;

/** Charts of the week besides those of its numbers; null where the log has nothing to draw. */
export type WeekCharts = { handoffs: Chart | null; waits: Chart | null; moved: Chart | null };

/** px of the report; what stands in it shrinks with the screen. */
const outer = 640;

/** px that a picture is drawn for and shown in; drawn narrower, its letters stand a telephone. */
type Width = { drawn: number; shown: number };
const small = { drawn: 290, shown: 290, column: 300 };
const large = { drawn: 460, shown: 600 };

/** Paper keeps it on one page. */
const whole = 'page-break-inside:avoid;break-inside:avoid';

const colourOf = (name: string) => palette().get(name) ?? '#000000';
const font =
	"font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

const styles = () => ({
	text: `margin:0;font-size:15px;line-height:1.45;color:${colourOf('ink')}`,
	muted: `margin:0;font-size:13px;line-height:1.45;color:${colourOf('muted')}`,
	title: `margin:0;font-size:22px;line-height:1.25;font-weight:bold;color:${colourOf('ink')}`,
	heading: `margin:0 0 8px;font-size:16px;line-height:1.35;font-weight:bold;color:${colourOf('ink')}`,
	link: `color:${colourOf('link')}`
});
type Styles = ReturnType<typeof styles>;

/** The whole document. */
export async function weekHtml(content: WeekContent, charts: WeekCharts): Promise<Html> {
	const { title, body } = content;
	const style = styles();
	const rows = [top(content, style), ...(body ? await bodyRows(body, charts, style) : [])];
	const health = html`<p style="${style.muted}">
		<b>Log health</b>: ${content.health.join(' · ')}
	</p>`;
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light" />
				<title>${title} – Seam</title>
			</head>
			<body style="margin:0;padding:0;background-color:#ffffff;${font}">
				<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
					<tr>
						<td align="center" style="padding:0">
							<table
								role="presentation"
								width="100%"
								cellpadding="0"
								cellspacing="0"
								border="0"
								style="max-width:${outer}px;text-align:left;${font}"
							>
								${[...rows, health].map(row)}
							</table>
						</td>
					</tr>
				</table>
			</body>
		</html>`;
}

const row = (content: Html) =>
	html`<tr>
		<td style="padding:14px 20px">${content}</td>
	</tr>`;

const linked = (words: string, address: string | null, style: Styles) =>
	address === null
		? html`${words}`
		: html`<a href="${address}" style="${style.link}">${words}</a>`;

function top(content: WeekContent, style: Styles): Html {
	const { title, notices, filters, address, sentences } = content;
	const chosen = filters.length > 0 ? `Filters: ${filterWords(filters)}` : null;
	return html`<h1 style="${style.title}">${title}</h1>
		${notices.map((notice) => html`<p style="${style.muted}"><i>${notice}</i></p>`)}
		${chosen && html`<p style="${style.muted}">${linked(chosen, address, style)}</p>`}
		<p style="${style.text};padding-top:8px;font-size:17px">${sentences.join(' ')}</p>
		${
			address &&
			html`<p style="${style.muted};padding-top:6px">
				${linked('Open in the dashboard', address, style)}
			</p>`
		}`;
}

async function bodyRows(body: Body, charts: WeekCharts, style: Styles): Promise<Html[]> {
	const numbers = await Promise.all(body.numbers.map((number) => numberRow(number, style)));
	const figures = await Promise.all(
		[charts.handoffs, charts.waits]
			.filter((chart) => chart !== null)
			.map((chart) => figure(chart, style))
	);
	return [
		findings(body, style),
		html`<h2 style="${style.heading}">Six numbers</h2>
			<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
				${numbers}
			</table>
			<p style="${style.muted}">
				The band is the 95 % interval of each week. Between the dotted lines a week is no
				more than noise; a signal lies beyond them.
				${body.marks.length > 0 && `Marked: ${body.marks.join('; ')}.`}
			</p>`,
		...figures,
		await moved(body, charts.moved, style),
		lowest(body, style)
	];
}

function findings({ findings: found, quiet }: Body, style: Styles): Html {
	if (found.length === 0)
		return html`<p style="${style.text}">
			${quiet.what && html`<b>${quiet.what}</b> `}${quiet.why}
		</p>`;
	return html`<h2 style="${style.heading}">Findings</h2>
		<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
			${found.map((one) => finding(one, style))}
		</table>`;
}

function finding({ what, cause, usual, address }: ReportFinding, style: Styles): Html {
	return html`<tr style="${whole}">
			<td
				style="padding:6px 12px;border-left:4px solid ${colourOf('signal')};background-color:${colourOf('page')}"
			>
				<p style="${style.text}"><b>${linked(what, address, style)}</b> ${cause}</p>
				<p style="${style.muted}">Usual: ${usual}.</p>
			</td>
		</tr>
		<tr>
			<td height="8" style="font-size:0;line-height:8px">&nbsp;</td>
		</tr>`;
}

/** The number beside its line; one below the other where the screen is narrow. */
async function numberRow(number: ReportNumber, style: Styles): Promise<Html> {
	const { name, lead, measured, beside, chart } = number;
	const column = `display:inline-block;width:100%;max-width:${small.column}px;vertical-align:top`;
	const picture = chart && (await image(chart, small));
	return html`<tr style="${whole}">
		<td style="padding:10px 0;border-top:1px solid ${colourOf('border')};font-size:0">
			<div style="${column};padding:0 14px 0 0;box-sizing:border-box">
				<p style="${style.text};font-weight:bold">${name}</p>
				<p style="${style.text};font-size:20px;font-weight:bold">${lead}</p>
				${measured.map((one) => measuredLines(one, measured.length > 1, style))}
				${beside.map((said) => html`<p style="${style.muted}">${said}</p>`)}
			</div>
			${picture && html`<div style="${column}">${picture}</div>`}
		</td>
	</tr>`;
}

/** How sure a number is, and where it stands; of a pair, each in a line. */
function measuredLines(one: Measured, isPair: boolean, style: Styles): Html {
	const { label, sure, changed, limits, verdict, charted } = one;
	const ink = colourOf(charted?.verdict === 'signal' ? 'signal' : 'ink');
	const stands = [limits && `limits ${limits}`, changed].filter(Boolean);
	const judged = html`${verdict && html`<b style="color:${ink}">${verdict}</b>`}${
		verdict && stands.length > 0 && ', '
	}${stands.join(', ')}`;
	const isJudged = verdict !== null || stands.length > 0;
	if (isPair)
		return html`<p style="${style.muted}">
			${label}: ${sure}${isJudged && html`; ${judged}`}
		</p>`;
	return html`${sure && html`<p style="${style.muted}">${sure}</p>`}${
		isJudged && html`<p style="${style.muted}">${judged}</p>`
	}`;
}

async function figure(chart: Chart, style: Styles): Promise<Html> {
	return html`<div style="${whole}">
		<h2 style="${style.heading}">${chart.title}</h2>
		${await image(chart, large)}
	</div>`;
}

/** A chart as a picture that shrinks with the screen. */
async function image(chart: Chart, { drawn, shown }: Width): Promise<Html> {
	const uri = pngUri(await png(chart, drawn));
	return html`<img
		src="${uri}"
		width="${shown}"
		height="${Math.round((chart.height * shown) / drawn)}"
		alt="${chart.title}. ${chart.description}"
		style="display:block;border:0;max-width:100%;height:auto"
	/>`;
}

async function moved(
	{ moved: found, notMoved }: Body,
	chart: Chart | null,
	style: Styles
): Promise<Html> {
	if (!found || !chart)
		return html`<h2 style="${style.heading}">What moved</h2>
			<p style="${style.text}">${notMoved}</p>`;
	return html`<div style="${whole}">
		<h2 style="${style.heading}">${found.title}</h2>
		<p style="${style.text};padding-bottom:8px">${found.said} ${found.periods}</p>
		${await image(chart, large)}
		<p style="${style.muted}">
			${found.effects.map(key)}${found.effects.length > 1 && 'ring: together.'}
		</p>
	</div>`;
}

/** What the bars of an effect mean. */
function key(effect: Effect, index: number, all: Effect[]): Html | null {
	if (all.length === 1) return null;
	const [, name = ''] = /--([\w-]+)/.exec(effectFills[effect]) ?? [];
	const { name: called, meaning } = effectWords[effect];
	return html`<span style="color:${colourOf(name)}">■</span> ${called}: ${meaning}; `;
}

function lowest({ lowest: handoffs, noLowest }: Body, style: Styles): Html {
	const heading = html`<h2 style="${style.heading}">Lowest-scoring handoffs</h2>`;
	if (handoffs.length === 0)
		return html`${heading}
			<p style="${style.text}">${noLowest}</p>`;
	return html`${heading}
		<table width="100%" cellpadding="0" cellspacing="0" border="0">
			${handoffs.map((handoff) => lowestRow(handoff, style))}
		</table>`;
}

function lowestRow(handoff: ReportHandoff, style: Styles): Html {
	const { when, where, score, csat, reasons, address } = handoff;
	return html`<tr style="${whole}">
		<td style="padding:6px 0;border-top:1px solid ${colourOf('border')}">
			<p style="${style.text};font-size:14px">
				<b>${linked(when, address, style)}</b> · ${where} · score
				${score}${csat && ` · CSAT ${csat}`}
			</p>
			<p style="${style.muted};color:${colourOf('ink')}">${reasons.join(' · ')}</p>
		</td>
	</tr>`;
}
