/** The report of a week as Markdown, for chats and as the text of a mail. */
import { absent } from '../../format.ts';
import { escaped, link, table } from './markdown.ts';
import type { ReportNumber } from './sixNumbers.ts';
import type { WeekContent } from './weekContent.ts';

type Body = NonNullable<WeekContent['body']>;

/** The report as Markdown, with a line break at its end. */
export function weekMarkdown(content: WeekContent): string {
	const { title, notices, filters, address, sentences, body, health } = content;
	const blocks = [
		`# ${link(title, address)}`,
		...notices.map((notice) => `_${escaped(notice)}_`),
		...(filters.length > 0 ? [`Filters: ${link(filterWords(filters), address)}`] : []),
		escaped(sentences.join(' ')),
		...(body ? bodyBlocks(body) : []),
		`Log health: ${health.map(escaped).join(' · ')}`
	];
	return `${blocks.join('\n\n')}\n`;
}

/** "Topic: Refunds, Returns; Channel: chat". */
export function filterWords(filters: WeekContent['filters']): string {
	const names = [...new Set(filters.map(({ name }) => name))];
	return names
		.map((one) => {
			const values = filters.filter(({ name }) => name === one).map(({ value }) => value);
			return `${one}: ${values.join(', ')}`;
		})
		.join('; ');
}

function bodyBlocks(body: Body): string[] {
	return [
		...findings(body),
		'## Six numbers',
		numbers(body.numbers),
		list(
			body.numbers
				.flatMap(({ name, beside }) => beside.map((said) => `${name}: ${said}`))
				.map(escaped)
		),
		...(body.marks.length > 0 ? [`In these weeks: ${escaped(body.marks.join('; '))}.`] : []),
		...moved(body),
		...lowest(body)
	];
}

function findings({ findings: found, quiet }: Body): string[] {
	if (found.length === 0)
		return [
			quiet.what === null
				? escaped(quiet.why)
				: `**${escaped(quiet.what)}** ${escaped(quiet.why)}`
		];
	return [
		'## Findings',
		list(
			found.map(({ what, cause, usual, address }) =>
				[
					`**${link(what, address)}**`,
					...(cause === null ? [] : [escaped(cause)]),
					`Usual: ${escaped(usual)}.`
				].join(' ')
			)
		)
	];
}

function numbers(all: ReportNumber[]): string {
	return table(
		['Number', 'Now', '95 % interval', 'n', 'Change', 'Limits', ''],
		all.flatMap(({ measured }) =>
			measured.map(({ label, now, interval, n, changed, limits, verdict }) =>
				[label, now, interval, n, changed, limits, verdict ?? ''].map((cell) =>
					escaped(cell ?? absent)
				)
			)
		)
	);
}

function moved({ moved: found, notMoved }: Body): string[] {
	if (!found) return ['## What moved', escaped(notMoved)];
	const topics = found.topics.map(
		({ topic, change, parts }) =>
			`${escaped(topic)} ${escaped(change)}${parts.length > 0 ? ` (${escaped(parts.join(', '))})` : ''}`
	);
	const others = found.others > 0 ? [`and ${found.others} more topics`] : [];
	return [
		`## ${escaped(found.title)}`,
		`${escaped(found.said)} ${escaped(found.periods)}`,
		list([...topics, ...others])
	];
}

function lowest({ lowest: handoffs, noLowest }: Body): string[] {
	const title = '## Lowest-scoring handoffs';
	if (handoffs.length === 0) return [title, escaped(noLowest)];
	const lines = handoffs.map(
		({ when, where, score, reasons, address }, index) =>
			`${index + 1}. ${link(when, address)} · ${escaped(where)} · score ${escaped(score)}: ${escaped(reasons.join('; '))}`
	);
	return [title, lines.join('\n')];
}

const list = (lines: string[]) => lines.map((line) => `- ${line}`).join('\n');
