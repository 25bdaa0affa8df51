import { Command, Option } from 'commander';
import { messageOf } from '../../ingest/errors.ts';
import { formatNumber } from '../lib/format.ts';
import { baseUrl } from '../lib/server/report/baseUrl.ts';
import { mailSettings, sendMail } from '../lib/server/report/mail.ts';
import type { Report } from '../lib/server/report/report.ts';
import {
	readReport,
	readReportQuery,
	reportFormats,
	writeReport,
	type ReportFormat
} from '../lib/server/report/reportQuery.ts';
import { sendWebhook, webhookSettings } from '../lib/server/report/webhook.ts';
import { formatOf, replaceFile } from './out.ts';
import { askServer, requireData } from './server.ts';
import { conditions, whereOption } from './where.ts';

type Options = {
	week?: string;
	format?: ReportFormat;
	out?: string;
	mail?: boolean;
	webhook?: boolean;
	where?: string[];
};

/** Somewhere the report goes; says what became of it. */
type Delivery = (report: Report) => Promise<string>;

const examples = `
Without --out, --mail and --webhook the report goes to stdout. A week without handoffs is
reported as such. Addresses and passwords stand in the environment, never in the words of a
command: SEAM_SMTP_URL, SEAM_MAIL_FROM, SEAM_MAIL_TO, SEAM_WEBHOOK_URL, SEAM_WEBHOOK_SECRET.
SEAM_URL is the address of the dashboard for its readers; without it, the report has no links.

Examples:
  seam report --out week.html
  seam report --week 2026-W46 --format md --where topic=Refunds --where channel=chat
  seam report --mail --webhook
    every Monday at six, with cron: 0 6 * * 1 (docs/report.md)`;

/** `seam report`: the same as GET /api/report, and sends it. */
export function reportCommand(): Command {
	return new Command('report')
		.description('Write the week as a page, as Markdown or as JSON, and send it.')
		.option('--week <week>', 'an ISO week such as 2026-W46, or a day of it; the last full one')
		.addOption(
			new Option(
				'--format <form>',
				'of --out and stdout; by the ending of --out, else html'
			).choices(reportFormats)
		)
		.option('--out <file>', 'write it to a file')
		.option('--mail', 'send it by mail')
		.option('--webhook', 'post it to a chat or a program')
		.addOption(whereOption())
		.addHelpText('after', examples)
		.action(async (options: Options) => {
			const deliveries = deliveriesOf(options);
			const report = await reportOf(options);
			await deliver(report, deliveries);
		});
}

/** Where the report goes. What is off in words and settings is said before anything is read. */
function deliveriesOf({ format, out, mail, webhook }: Options): Delivery[] {
	const deliveries: Delivery[] = [];
	if (out !== undefined) {
		const form = format ?? formatOf(out);
		deliveries.push(async (report) => {
			const bytes = await replaceFile(out, writeReport(report, form));
			return `wrote ${out} (${formatNumber(bytes / 1000, bytes < 10_000 ? 1 : 0)} kB)`;
		});
	}
	if (mail) {
		const settings = mailSettings();
		deliveries.push(async (report) => {
			await sendMail(report, settings);
			const { length } = settings.to;
			return `sent to ${length} ${length === 1 ? 'reader' : 'readers'} by mail`;
		});
	}
	if (webhook) {
		const settings = webhookSettings();
		deliveries.push(async (report) => {
			await sendWebhook(report, settings);
			return `posted to ${settings.url.host}`;
		});
	}
	if (deliveries.length === 0)
		deliveries.push((report) => {
			process.stdout.write(writeReport(report, format ?? 'html'));
			return Promise.resolve('');
		});
	return deliveries;
}

/** The report, from the server where one runs. What it is sent with stays in this process. */
async function reportOf({ week, where = [] }: Options): Promise<Report> {
	const url = baseUrl('SEAM_URL', process.env.SEAM_URL);
	const parameters = new URLSearchParams({ format: 'all' });
	if (week !== undefined) parameters.set('week', week);
	if (url !== null) parameters.set('url', url);
	for (const condition of conditions(where)) parameters.append(...condition);
	const question = readReportQuery(parameters);
	const answer = await askServer(`/api/report?${parameters.toString()}`);
	if (answer) return (await answer.json()) as Report;
	requireData();
	return readReport(question);
}

/**
 * Tries every delivery, whatever becomes of the others.
 * @throws what the last that failed threw
 */
async function deliver(report: Report, deliveries: Delivery[]): Promise<void> {
	const failures: unknown[] = [];
	for (const delivery of deliveries)
		try {
			const said = await delivery(report);
			if (said) console.error(`seam: ${said}`);
		} catch (error) {
			failures.push(error);
		}
	for (const failure of failures.slice(0, -1)) console.error(`seam: ${messageOf(failure)}`);
	if (failures.length > 0) throw failures.at(-1);
}
