/** Gaps for programs, spreadsheets and trackers: JSON, NDJSON, CSV, Markdown. */
import { z } from 'zod';
import { byteOrderMark, csvLine, type Cell } from '../../csv.ts';
import { addDays } from '../../dates.ts';
import {
	beginning,
	formatDate,
	formatInterval,
	formatNumber,
	formatValue,
	inLine
} from '../../format.ts';
import { gapAddress } from '../../gapAddress.ts';
import {
	gapCall,
	gapCalls,
	gapKinds,
	gapStatuses,
	isOfChoice,
	type Gap,
	type GapChoices,
	type Gaps
} from '../../gaps.ts';
import {
	callWords,
	choiceWords,
	gapHeadline,
	gapName,
	gapStatusWords,
	hourWords,
	kindWords
} from '../../gapWords.ts';
import type { Place } from '../../address.ts';
import { languageWords } from '../../languageWords.ts';
import { longestQuote } from '../../phrases.ts';
import { joined, plainWords } from '../../said.ts';
import { filterDimensions } from '../../scope.ts';
import { date, filterParameters, oneOf } from '../http/parameters.ts';
import { requireTopic } from '../fixes/fixSubject.ts';
import { escaped, link } from '../report/markdown.ts';
import type { Filter } from '../scope/filter.ts';
import { readCentralQuestions } from '../phrases/phraseGroups.ts';
import { readGaps } from './gaps.ts';

export const gapFormats = ['json', 'ndjson', 'csv', 'markdown'] as const;
export type GapFormat = (typeof gapFormats)[number];

/** The media type of each form. */
export const gapMediaTypes: Record<GapFormat, string> = {
	json: 'application/json',
	ndjson: 'application/x-ndjson',
	csv: 'text/csv; charset=utf-8',
	markdown: 'text/markdown; charset=utf-8'
};

/** The parameters of a call for gaps; filters may be repeated. */
export const gapsParameters = z
	.strictObject({
		from: date('from', 'First local date.'),
		to: date('to', 'Local date after the last one.'),
		all: oneOf('all', ['yes', 'no'], 'Whether topics that are no gaps come along.').default(
			'no'
		),
		kind: z.array(oneOf('kind', gapKinds)).optional().meta({
			description: 'Keep only gaps of this kind; again for several.'
		}),
		status: z.array(oneOf('status', gapStatuses)).optional().meta({
			description:
				'Keep only this status; again for several. What has a fix of it comes along where it is no gap.'
		}),
		emerging: oneOf('emerging', ['yes', 'no'], 'Only what is emerging.').default('no'),
		format: oneOf('format', gapFormats, 'Form of the answer.').default('json'),
		...filterParameters
	})
	.refine(({ from, to }) => from < to, {
		error: ({ input }) => {
			const { from, to } = input as { from: string; to: string };
			return `from=${from} to=${to} is a range that ends before it begins; to is excluded, so it must be a later date than from.`;
		}
	});
export type GapsQuery = z.output<typeof gapsParameters>;

/** One gap as it leaves Seam. */
export const gapRowSchema = z.strictObject({
	gap: z.string().describe('Its id: the topic, with # and the id of the phrase group.'),
	topic: z.string().nullable().describe('Null: no topic logged.'),
	phrase: z
		.string()
		.nullable()
		.describe('Label of the phrase group; null: the topic as a whole.'),
	kind: z.enum(gapKinds).describe('Write content, connect a system, change a rule, or look.'),
	observed: z.int().describe('Failure handoffs.'),
	expected: z
		.number()
		.nullable()
		.describe('At the rate of each channel over all topics; null: no volume.'),
	ratio: z.number().nullable().describe('Observed over expected.'),
	low: z.number().nullable().describe('Lower end of the 95 % interval of the ratio.'),
	high: z.number().nullable().describe('Upper end.'),
	eb05: z
		.number()
		.nullable()
		.describe('5 % quantile of what is to be believed of the ratio; a gap has more than 1.1.'),
	emerging: z
		.strictObject({
			weeks: z.int().describe('The last so many full weeks.'),
			ratio: z.number().describe('Observed over expected in them.'),
			p: z.number().describe('Chance of as much anywhere in the search.')
		})
		.nullable()
		.describe('Null: not emerging.'),
	cost_hours: z.number().nullable().describe('Hours of agents; null: no handle time logged.'),
	first_seen: z
		.string()
		.nullable()
		.describe('Monday of the first of four weeks beyond chance; null: none.'),
	status: z.enum(gapStatuses).nullable().describe('Null: it is no gap, and no fix is recorded.'),
	called: z
		.enum(gapCalls)
		.describe(
			'A gap over the period; emerging without being one; slightly more than expected; or none of these.'
		),
	or_before: z
		.boolean()
		.nullable()
		.describe(
			'Whether it was there in the first weeks looked at and may be older; null: not seen.'
		)
});
export type GapRow = z.infer<typeof gapRowSchema>;

/** A gap as a row. */
export const gapRow = (gap: Gap): GapRow => ({
	gap: gap.id,
	topic: gap.topic,
	phrase: gap.phrase?.label ?? null,
	kind: gap.kind,
	observed: gap.observed,
	expected: gap.expected,
	ratio: gap.ratio,
	low: gap.low,
	high: gap.high,
	eb05: gap.eb05,
	emerging: gap.emerging && {
		weeks: gap.emerging.weeks,
		ratio: gap.emerging.ratio,
		p: gap.emerging.p
	},
	cost_hours: gap.cost?.hours ?? null,
	first_seen: gap.firstSeen,
	status: gap.status,
	called: gapCall(gap),
	or_before: gap.firstSeen === null ? null : gap.isOlder
});

/**
 * Reads gaps and writes them in the form asked for.
 * @throws UsageError for a topic that the log does not hold, with the nearest ones
 * @param origin where the server is reached, "http://127.0.0.1:4180"; null: links are paths
 */
export async function answerGaps(question: GapsQuery, origin: string | null): Promise<string> {
	const { format, all, kind, status, emerging, ...rest } = question;
	const filter: Filter = rest;
	for (const topic of filter.topic ?? []) if (topic !== '') await requireTopic(topic);
	const found = await readGaps(filter);
	const choices = {
		kinds: kind ?? [],
		statuses: status ?? [],
		emergingOnly: emerging === 'yes'
	};
	const gaps = found.gaps.filter((gap) => isOfChoice(gap, choices, all === 'yes'));
	const place = placeOfFilter(filter);
	const linkOf = (gap: Gap) => `${origin ?? ''}${gapAddress(gap, place)}`;
	if (format === 'json') return `${JSON.stringify(gaps.map(gapRow))}\n`;
	if (format === 'ndjson') return gaps.map((gap) => `${JSON.stringify(gapRow(gap))}\n`).join('');
	const questions = gaps.some(({ phrase }) => phrase !== null)
		? await readCentralQuestions({ ...filter, route: undefined })
		: new Map<string, string>();
	const questionOf: Of<string | null> = ({ phrase }) =>
		beginning(questions.get(phrase?.id ?? '') ?? '', longestQuote) || null;
	if (format === 'csv') return csvOf(gaps, linkOf, questionOf);
	return markdownOf({ ...found, gaps }, filter, choices, linkOf, questionOf);
}

type Of<Value> = (gap: Gap) => Value;

function placeOfFilter(filter: Filter): Place {
	const { from, to } = filter;
	return {
		week: from,
		dates: { first: from, last: addDays(to, -1) },
		filters: filterDimensions.flatMap((dimension) =>
			(filter[dimension] ?? []).map((value) => ({ dimension, value }))
		)
	};
}

/** The columns of the rows, the parts of what emerges and of the cost each in one, and the link. */
function csvOf(gaps: readonly Gap[], linkOf: Of<string>, questionOf: Of<string | null>): string {
	const columns: Record<string, Of<Cell>> = {
		gap: ({ id }) => inLine(id),
		topic: ({ topic }) => topic && inLine(topic),
		phrase: ({ phrase }) => phrase?.label,
		language: ({ phrase }) => phrase?.language,
		question: (gap) => inLine(questionOf(gap) ?? ''),
		kind: ({ kind }) => kind,
		kind_share: (gap) => shareOf(gap)?.value,
		kind_low: (gap) => shareOf(gap)?.low,
		kind_high: (gap) => shareOf(gap)?.high,
		observed: ({ observed }) => observed,
		expected: ({ expected }) => expected,
		ratio: ({ ratio }) => ratio,
		low: ({ low }) => low,
		high: ({ high }) => high,
		eb05: ({ eb05 }) => eb05,
		emerging_weeks: ({ emerging }) => emerging?.weeks,
		emerging_ratio: ({ emerging }) => emerging?.ratio,
		emerging_p: ({ emerging }) => emerging?.p,
		cost_hours: ({ cost }) => cost?.hours,
		avoidable_hours: ({ cost }) => cost?.avoidable?.value,
		avoidable_low: ({ cost }) => cost?.avoidable?.low,
		avoidable_high: ({ cost }) => cost?.avoidable?.high,
		csat_mean: ({ csat }) => csat.gap.value,
		csat_comparable: ({ csat }) => csat.comparable.value,
		csat_points_lost: ({ csat }) => csat.lost?.value,
		csat_lost_low: ({ csat }) => csat.lost?.low,
		csat_lost_high: ({ csat }) => csat.lost?.high,
		first_seen: ({ firstSeen }) => firstSeen,
		or_before: ({ firstSeen, isOlder }) => firstSeen && (isOlder ? 'yes' : 'no'),
		called: gapCall,
		status: ({ status }) => status,
		link: linkOf
	};
	const lines = gaps.map((gap) => csvLine(Object.values(columns).map((of) => of(gap))));
	return byteOrderMark + csvLine(Object.keys(columns)) + lines.join('');
}

/** Of all failures, what the kind named would close; null: none is named. */
const shareOf = ({ kind, evidence }: Gap) =>
	kind === 'look' ? null : (evidence.shares?.[kind] ?? null);

/** A list for a tracker: one task a gap, with what is known of it and a link. */
function markdownOf(
	found: Gaps,
	{ from, to, topic }: Filter,
	choices: GapChoices,
	linkOf: Of<string>,
	questionOf: Of<string | null>
): string {
	const head = `# Gaps, ${formatDate(from)} to ${formatDate(addDays(to, -1))}`;
	const tasks = found.gaps.map((gap) => {
		const { observed, expected, ratio, low, high, cost, csat, emerging, firstSeen, isOlder } =
			gap;
		const facts = [
			`${formatNumber(observed)} failures` +
				(expected === null ? '' : `, ${formatNumber(expected, 1)} expected`),
			...(ratio !== null && low !== null && high !== null
				? [
						`ratio ${formatNumber(ratio, 2)} (${formatNumber(low, 2)} to ${formatNumber(high, 2)})`
					]
				: []),
			...(cost?.avoidable
				? [
						`${hourWords(cost.hours)} of agents, avoidable ${hourWords(cost.avoidable.value)} (${hourWords(cost.avoidable.low)} to ${hourWords(cost.avoidable.high)})`
					]
				: []),
			...(csat.lost
				? [
						`rating points lost ${formatNumber(csat.lost.value)} (${formatNumber(csat.lost.low)} to ${formatNumber(csat.lost.high)})`
					]
				: []),
			...(emerging ? [`emerging over ${emerging.weeks} weeks`] : []),
			...(gap.isGap ? [] : [callWords[gapCall(gap)].toLowerCase()]),
			...(firstSeen
				? [`first seen ${formatDate(firstSeen)}${isOlder ? ' or before' : ''}`]
				: [])
		];
		const question = questionOf(gap);
		const language = gap.phrase && languageWords(gap.phrase.language);
		const share = shareOf(gap);
		const kind =
			kindWords[gap.kind].toLowerCase() +
			(share
				? ` (would close ${formatValue(share.value, 'share')}, ${formatInterval(share.low, share.high, 'share') ?? ''})`
				: '');
		return `- [ ] **${link(gapName(gap), linkOf(gap))}**: ${kind}.${question ? ` ${language ?? ''}: “${escaped(question)}”.` : ''} ${[facts.join('; '), gapStatusWords(gap)].flatMap((words) => (words ? `${words}.` : [])).join(' ')}`;
	});
	const within = found.gaps.some(({ phrase }) => phrase !== null)
		? ['Failures and hours of a topic contain those of its phrase groups.', '']
		: [];
	const choice = {
		words: choiceWords({ topics: topic ?? [], ...choices }),
		shown: found.gaps
	};
	const headline = escaped(plainWords(joined(gapHeadline(found, choice), ' ')));
	return [head, '', headline, '', ...within, ...tasks, ''].join('\n');
}
