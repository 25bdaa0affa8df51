/** A paragraph of the docs for each metric: its words, and its formula as it runs. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../ingest/root.ts';
import { metricIds, metrics, type Metric, type Unit } from '../src/lib/metrics.ts';

const units: Record<Unit, string> = {
	count: 'count',
	share: 'share, 0–1',
	s: 'seconds',
	score: 'score, 0–100',
	csat: 'rating, 1–5',
	fraction: 'mean of values 0–1'
};

const intervals: Record<Exclude<Metric['interval'], null>, string> = {
	wilson: 'Wilson, 95 %',
	t: 'Student’s t, 95 %',
	'log-log': 'Kaplan–Meier, log-log, 95 %'
};

const betters = { higher: 'higher is better', lower: 'lower is better' };

/** The paragraphs of all metrics in Markdown, in the order pages list them. */
export async function metricParagraphs(): Promise<string> {
	const paragraphs = await Promise.all(metricIds.map((id) => paragraphOf(metrics[id])));
	return paragraphs.join('\n');
}

async function paragraphOf(metric: Metric): Promise<string> {
	const { id, label, unit, better, definition, fields, interval, floor, companion } = metric;
	const sql = await readFile(join(root, 'queries', 'metrics', `${id}.sql`), 'utf8');
	const said = [
		`Unit: ${units[unit]}${better ? `; ${betters[better]}` : '; neither direction is good in itself'}.`,
		`Needs: ${fields.map((field) => `\`${field.replaceAll(' or ', '` or `')}\``).join(', ')}${metric.population === 'conversations' ? ', in conversation records' : ''}.`,
		`Interval: ${interval ? intervals[interval] : 'none'}.`,
		...(floor > 0 ? [floorSaid(metric)] : []),
		...(companion ? [`Always shown beside \`${companion}\`.`] : [])
	];
	return `## ${id}

**${label}.** ${definition}

${said.map((line) => `- ${line}`).join('\n')}

\`\`\`sql
${sql.trim()}
\`\`\`
`;
}

const floorSaid = ({ interval, floor }: Metric) =>
	interval === 'log-log'
		? `Shown from ${String(floor)} that were still followed at the end of the window.`
		: `Shown on pages from n = ${String(floor)}.`;
