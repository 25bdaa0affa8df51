/** What the filter bar says of a period: what it is compared with, and where it cuts weeks. */
import { addDays, mondayOf } from './dates.ts';
import { formatDate, formatDates } from './format.ts';
import { comparisonWords } from './movedWords.ts';
import {
	comparisons,
	daysOf,
	spanComparisons,
	type Comparison,
	type Range,
	type Scope,
	type SpanComparison
} from './scope.ts';

/** What a period may be compared with, the page's own choice first. */
export const comparisonsOf = (spanned: boolean): readonly Comparison[] =>
	spanned ? spanComparisons : comparisons;

type Length = Range & Pick<Scope, 'span'>;

/** "the 26 weeks before", "the 42 days before", "the same weeks of last year". */
export function comparedWith(against: SpanComparison, period: Length): string {
	const { span } = period;
	if (span === 1) return comparisonWords[against];
	if (against === 'year') return 'the same weeks of last year';
	const days = daysOf(period);
	if (span !== null) return `the ${span} weeks before`;
	return days === 1 ? 'the day before' : `the ${days} days before`;
}

/** An option of the control, "the usual weeks" among those of the week page. */
export const comparisonOption = (against: Comparison, period: Length): string =>
	against === 'usual' ? comparisonWords.usual : comparedWith(against, period);

const range = ({ from, to }: Range) => formatDates(from, addDays(to, -1));

/** "Compared with 20 Apr – 12 Jul 2026.", or why there is nothing to compare with. */
export function comparedSentence({ compared, log, ...period }: Scope): string {
	switch (compared.lacks) {
		case null:
			return compared.isPart
				? `Compared with ${range(compared)}: of ${comparedWith(compared.against, period)} the log holds no more.`
				: `Compared with ${range(compared)}.`;
		case 'log':
			return `Nothing to compare with: the log begins on ${formatDate(log.first)}, after ${comparedWith(compared.against, period)}.`;
		case 'overlap':
			return 'A period of more than 52 weeks overlaps with the same weeks of last year: nothing to compare with.';
	}
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const weekday = (date: string) => weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';

/** That figures by week show whole weeks, where a period cuts some; null where it cuts none. */
export function cutSentence({ from, to }: Range): string | null {
	const cuts = [
		...(mondayOf(from) === from ? [] : [`begins on a ${weekday(from)}`]),
		...(mondayOf(to) === to ? [] : [`ends on a ${weekday(addDays(to, -1))}`])
	];
	return cuts.length === 0
		? null
		: `The period ${cuts.join(' and ')}: figures by week show its weeks whole, all else only its days.`;
}
