/** A finding in words, for pages and reports alike. */
import { minWeekN } from './analysis/controlChart.ts';
import { topicWords, triggerWords } from './charts/words.ts';
import { weekDays } from './charts/weeks.ts';
import { addDays } from './dates.ts';
import type { Cause, Finding } from './findings.ts';
import { formatDates, formatNumber, formatValue, lowerFirst } from './format.ts';
import { metrics, type MetricId } from './metrics.ts';
import type { Week } from './week.ts';

/** What stands out, and what it is made of: null where there is nothing to split it by. */
export type FindingWords = { what: string; cause: string | null };

/**
 * "Repeat contacts within 7 days: 14.2 % → 18.9 % (signal)." and "71 % of it is Billing, mostly after
 * Low confidence; 29 % more Billing in the mix."
 * @param week Monday of the week that the reader looks at
 */
export function findingWords(finding: Finding, week: string): FindingWords {
	return { what: `${whatWords(finding, week)} (signal).`, cause: causeWords(finding) };
}

/** The weeks that a finding calls usual, by their days. */
export function usualWeeks({ baseline: { first, last } }: Finding): string {
	return formatDates(first, addDays(last, 6));
}

/** A week without findings: `what` is null where the log is too young or the week too thin to say so. */
export function quietWords({ charts, complete }: Pick<Week, 'charts' | 'complete'>): {
	what: string | null;
	why: string;
} {
	const all = Object.values(charts ?? {});
	if (!all.some(({ last }) => last !== null))
		return {
			what: null,
			why: 'Fewer than 8 weeks that count: too few to say what is usual. The numbers are set against the week before, no more.'
		};
	if (!all.some(({ weeks }) => (weeks.at(-1)?.verdict ?? null) !== null))
		return {
			what: null,
			why: `Too few handoffs to judge: a number counts from ${minWeekN} in the week on.`
		};
	if (!complete)
		return {
			what: 'Nothing to report so far:',
			why: 'the log does not hold all of this week, and findings are made of whole weeks alone.'
		};
	return {
		what: 'Nothing to report:',
		why: 'no number of this week, of any topic, lies beyond what its weeks before make usual.'
	};
}

function whatWords({ metric, topic, usual, now, week: at }: Finding, week: string): string {
	const { label, unit } = metrics[metric];
	const when = at === week ? '' : ` in ${weekDays(at)}`;
	if (metric === 'handoffs') {
		const n = `${formatNumber(now.n)} handoffs${when}, usually ${formatNumber(Math.round(usual))} a week`;
		return topic === null ? n : `${topicWords(topic.key)}: ${n}`;
	}
	const moved = `${formatValue(usual, unit)} → ${formatValue(now.value, unit)}${when}`;
	return topic === null
		? `${label} ${moved}`
		: `${topicWords(topic.key)}: ${lowerFirst(label)} ${moved}`;
}

/** A share from which on others must have moved the other way, rounding aside. */
const moreThanAll = 1.05;

function causeWords({ causes, topic, metric, usual, now }: Finding): string | null {
	if (causes === null) return null;
	if (causes.length === 0)
		return topic === null ? 'It is spread over the topics.' : 'It is spread within the topic.';
	const rose = metric === 'handoffs' ? now.n > usual : (now.value ?? usual) > usual;
	const [first, ...rest] = causes.map((cause) => ({
		cause,
		said: partWords(cause, metric, rose)
	}));
	if (!first) return null;
	const sentence = `${shareWords(first.cause.share)} ${first.said}`;
	const others = rest.map(({ cause, said }) => `${percent(cause.share)} ${said}`);
	if (first.cause.share > moreThanAll) others.push('the rest went the other way');
	return `${[sentence, ...others].join('; ')}.`;
}

/** "71 % of it is", "All of it is", "All of it and more is" (others moved the other way). */
function shareWords(share: number): string {
	if (share > moreThanAll) return 'All of it and more is';
	if (share > 0.95) return 'All of it is';
	return `${percent(share)} of it is`;
}

const percent = (share: number) => `${formatNumber(100 * share)} %`;

function partWords(
	{ dimension, key, effect, grew, trigger }: Cause,
	metric: MetricId,
	rose: boolean
): string {
	const topic = topicWords(key);
	switch (effect) {
		case 'mix':
			return `${grew ? 'more' : 'less'} ${topic} in the mix`;
		case 'volume':
			return `${topic} with ${rose ? 'more' : 'fewer'} conversations altogether`;
		case 'share':
			return `${topic} being asked about ${rose ? 'more' : 'less'}`;
		case 'rate':
			if (metric === 'handoffs')
				return `${topic} handed over ${rose ? 'more' : 'less'} often`;
			return `${topic}${trigger === null ? '' : `, mostly ${triggerPhrase(trigger)}`}`;
		case 'count':
			return topic;
		case 'all':
			return keyWords(dimension, key);
	}
}

function keyWords(dimension: Cause['dimension'], key: string | null): string {
	switch (dimension) {
		case 'trigger':
			return triggerPhrase(key);
		case 'queue':
			return `in queue ${topicWords(key)}`;
		case 'channel':
			return `on ${topicWords(key)}`;
		case 'ai_version':
			return `with AI version ${topicWords(key)}`;
		case 'moved':
			return `the move ${topicWords(key)}`;
		case 'topic':
		case 'subtopic':
			return topicWords(key);
	}
}

const triggerPhrase = (trigger: string | null) => `after “${triggerWords(trigger)}”`;
