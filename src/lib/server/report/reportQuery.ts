/** The question that `GET /api/report` and `seam report` ask, and the forms of its answer. */
import { z } from 'zod';
import { StoreError } from '../../../../ingest/errors.ts';
import { withSnapshot } from '../store/engine.ts';
import { readLog } from '../store/log.ts';
import { readMarks } from '../scope/marks.ts';
import { readWeek, readWeekChoice, type WeekChoice } from '../week/week.ts';
import { filterParameters, oneOf, readParameters } from '../http/parameters.ts';
import { mondayOfText } from '../scope/weekText.ts';
import { baseUrl } from './baseUrl.ts';
import type { Report } from './report.ts';
import { weekReport } from './weekReport.ts';

/** Forms that a report is written in. */
export const reportFormats = ['html', 'md', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** The media type of each form; `all` is the three of them with the subject. */
export const mediaTypes: Record<ReportFormat | 'all', string> = {
	html: 'text/html; charset=utf-8',
	md: 'text/markdown; charset=utf-8',
	json: 'application/json',
	all: 'application/json'
};

export type ReportQuery = {
	choice: WeekChoice;
	format: ReportFormat | 'all';
	/** where its links lead; null: it has none */
	base: string | null;
};

const formats = [...reportFormats, 'all'] as const;

/** The parameters as they stand in the address; filters may be repeated. */
export const reportParameters = z.strictObject({
	week: z.string().optional().meta({
		description: 'ISO week such as 2026-W46, or a day of it; else the last full one.'
	}),
	format: oneOf('format', formats, 'Form of the report; all is the three of them.').default(
		'html'
	),
	url: z
		.string()
		.optional()
		.meta({ description: 'Address of the dashboard that links lead to; without it, none.' }),
	...filterParameters
});

/**
 * Reads the question from the parameters of an address.
 * @throws UsageError that names the value at fault and what is allowed
 */
export function readReportQuery(parameters: URLSearchParams): ReportQuery {
	const { week, format, url } = readParameters(reportParameters, parameters);
	const choice = readWeekChoice(parameters);
	return {
		choice: { ...choice, week: week === undefined ? null : mondayOfText(week) },
		format,
		base: baseUrl('url', url)
	};
}

/**
 * The report asked for.
 * @throws StoreError when the store holds no handoff
 */
export async function readReport({ choice, base }: ReportQuery): Promise<Report> {
	const { page, log, marks } = await withSnapshot(async () => {
		const [log, marks] = await Promise.all([readLog(), readMarks(choice.chosen.topic)]);
		return { log, marks, page: await readWeek(choice, log) };
	});
	if (!page)
		throw new StoreError(
			'There is no week to report: the log holds no handoffs yet. Import one: seam import FILE.'
		);
	return weekReport(page, log, { baseUrl: base, marks });
}

/** A report in the form asked for. */
export function writeReport(report: Report, format: ReportFormat | 'all'): string {
	switch (format) {
		case 'html':
			return report.html;
		case 'md':
			return report.text;
		case 'json':
			return `${JSON.stringify(report.json, null, '\t')}\n`;
		case 'all':
			return `${JSON.stringify(report)}\n`;
	}
}
