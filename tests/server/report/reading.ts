/** A report as its readers find it: its words, links and figures. */
import { parseHTML } from 'linkedom';
import type { Report } from '../../../src/lib/server/report/report.ts';

export type Json = {
	week: string;
	from: string;
	to: string;
	filters: Record<string, string[]>;
	sentence: string;
	quiet: string | null;
	findings: { words: string }[];
	numbers: { metric: string; value: number | null; n: number; words: string }[];
	moved: { change: number; totals: number[]; topics: { parts: number[] }[] } | null;
	lowest: { handoff_id: string; score: number; reasons: string[] }[];
};
export const jsonOf = (report: Report) => report.json as Json;
export const documentOf = ({ html }: Report) => parseHTML(html).document;
export const wordsOf = (report: Report) =>
	(documentOf(report).body.textContent ?? '').replace(/\s+/g, ' ');
export const linksOf = (report: Report) =>
	[...documentOf(report).querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '');
export const withoutPictures = ({ html }: Report) =>
	html.replace(/data:image\/png;base64,[^"]+/g, '');
export const forms = (report: Report) => [
	report.subject,
	report.html,
	report.text,
	JSON.stringify(report.json)
];
