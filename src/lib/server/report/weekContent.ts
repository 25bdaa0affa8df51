/** What the report of a week says, in words, before it takes a form. */
import {
	activeFilters,
	address,
	dimensionNames,
	neighbours,
	valueWords,
	type Active
} from '../../address.ts';
import { weekDays } from '../../charts/weeks.ts';
import { isoWeek, isoWeekName, mondayOf } from '../../dates.ts';
import type { Finding } from '../../findings.ts';
import { findingWords, quietWords, usualWeeks } from '../../findingWords.ts';
import { formatDate, formatDay, formatNumber, formatValue, lowerFirst } from '../../format.ts';
import { formatRating, type WorstHandoff } from '../../handoff.ts';
import { handoffAddress } from '../../handoffAddress.ts';
import { headline } from '../../headline.ts';
import { healthWords } from '../../logHealth.ts';
import { markWords, type Mark } from '../../marks.ts';
import { metrics } from '../../metrics.ts';
import type { Effect, Moved } from '../../moved.ts';
import {
	comparisonWords,
	effectWords,
	joinedWords,
	movedWords,
	notMovedWords,
	periodsWords,
	printMoved,
	rowName
} from '../../movedWords.ts';
import { missingFields, listed } from '../../reading.ts';
import { reasons } from '../../reasons.ts';
import { plainWords } from '../../said.ts';
import type { Log, Week } from '../../week.ts';
import { sixNumbers, type ReportNumber } from './sixNumbers.ts';

/** How many topics of what moved are said in words. */
const mostMoved = 5;

/** A finding in words; `address` leads to the week under its topic. */
export type ReportFinding = {
	what: string;
	cause: string | null;
	usual: string;
	address: string | null;
};

/** One of the lowest-scoring handoffs: no word of what the customer wrote. */
export type ReportHandoff = {
	id: string;
	when: string;
	where: string;
	score: string;
	/** null where nobody answered */
	csat: string | null;
	reasons: string[];
	address: string | null;
};

export type ReportMoved = {
	/** "What moved handoffs, against the usual weeks" */
	title: string;
	said: string;
	periods: string;
	effects: Effect[];
	/** "Returns +40.6: volume +1.3, share −0.8, rate +40.1" */
	topics: { topic: string; change: string; parts: string[] }[];
	/** topics beyond those */
	others: number;
};

/** Everything a report says; texts of the data stand in it as they are. */
export type WeekContent = {
	/** "Week 46, 9–15 Nov 2026" */
	title: string;
	/** "2026-W46" */
	week: string;
	/** what the reader must know of the data: that it is made up, or not all there */
	notices: string[];
	filters: { name: string; value: string }[];
	/** the page of the week with the same filters; null without an address of the dashboard */
	address: string | null;
	/** the week in sentences */
	sentences: string[];
	/** null where the week has no handoffs: then nothing follows but the log's health */
	body: {
		findings: ReportFinding[];
		/** said where there are none */
		quiet: { what: string | null; why: string };
		numbers: ReportNumber[];
		/** events of the weeks shown: "AI version 4.2 from 5 Oct 2026" */
		marks: string[];
		moved: ReportMoved | null;
		notMoved: string;
		lowest: ReportHandoff[];
		noLowest: string;
	} | null;
	health: string[];
};

type Options = {
	/** where the dashboard is, without a slash at its end; null: no links */
	base: string | null;
	/** what is marked on time axes */
	marks: readonly Mark[];
};

/** What there is to say of a week. */
export function weekContent(page: Week, log: Log, { base, marks }: Options): WeekContent {
	const filters = activeFilters(page.facets);
	const now = page.series.find(({ week }) => week === page.week)?.values;
	const isEmpty = !now || now.handoffs.n === 0;
	const at = (week: string, filters: Active[]) =>
		base === null ? null : base + address('/', { week, filters });
	const { said, carried } = healthWords(log, page.health);
	const fields = page.health.fields;
	return {
		title: `Week ${isoWeek(page.week)}, ${weekDays(page.week)}`,
		week: isoWeekName(page.week),
		notices: noticesOf(page, log, isEmpty),
		filters: filters.map((filter) => ({
			name: dimensionNames[filter.dimension],
			value: valueWords(filter)
		})),
		address: at(page.week, filters),
		sentences: isEmpty ? emptyWords(page, filters.length > 0) : headline(page).map(plainWords),
		body: isEmpty
			? null
			: {
					findings: page.findings.map((finding) => ({
						...findingWords(finding, page.week),
						usual: usualWeeks(finding),
						address: findingAddress(finding, filters, at)
					})),
					quiet: quietWords(page),
					numbers: sixNumbers(page),
					marks: marksOf(page, marks),
					moved: page.moved.moved && movedOf(page.moved.moved),
					notMoved: notMovedWords(page.moved),
					lowest: page.worst.map((handoff) => handoffOf(handoff, base)),
					noLowest:
						missingFields('quality_score', fields).length > 0
							? `The log carries no ${listed(missingFields('quality_score', fields))}, so handoffs have no score.`
							: 'No handoff has a score that half of the weight is known of.'
				},
		health: [
			...said.map(plainWords),
			`carried by handoffs: ${carried.map(({ field, share }) => `${field} ${share}`).join(', ')}`
		]
	};
}

/** Events of the weeks that lines show. */
function marksOf({ charts }: Week, marks: readonly Mark[]): string[] {
	const weeks = charts?.handoffs.weeks.map(({ week }) => week) ?? [];
	return marks.filter(({ day }) => weeks.includes(mondayOf(day))).map(markWords);
}

function noticesOf({ complete, week }: Week, log: Log, isEmpty: boolean): string[] {
	const last = log.last?.slice(0, 10);
	return [
		...(log.sample ? ['Made-up data: the log of the sample shop.'] : []),
		...(!complete && !isEmpty && last !== undefined && last >= week
			? [`This week is not over in the log, which ends on ${formatDate(last)}.`]
			: [])
	];
}

function emptyWords({ weeks, week }: Week, isFiltered: boolean): string[] {
	const { before, after } = neighbours(weeks, week);
	return [
		`No handoffs in this week${isFiltered ? ' under these filters' : ''}.`,
		...(before ? [`The last before it: ${weekDays(before)}.`] : []),
		...(after ? [`The first after it: ${weekDays(after)}.`] : [])
	];
}

function findingAddress(
	{ topic, week }: Finding,
	filters: Active[],
	at: (week: string, filters: Active[]) => string | null
): string | null {
	if (topic === null) return at(week, filters);
	const others = filters.filter(({ dimension }) => dimension !== 'topic');
	return at(week, [...others, { dimension: 'topic', value: topic.key ?? '' }]);
}

function movedOf(moved: Moved): ReportMoved {
	const { rows, write } = printMoved(moved);
	return {
		title: `What moved ${lowerFirst(metrics[moved.metric].label)}, against ${comparisonWords[moved.against]}`,
		said: movedWords(moved),
		periods: [`${periodsWords(moved)}.`, joinedWords(moved)].filter(Boolean).join(' '),
		effects: moved.effects,
		topics: rows.slice(0, mostMoved).map(({ digits, sum, ...row }) => ({
			topic: rowName(row),
			change: write(sum),
			parts:
				moved.effects.length > 1
					? moved.effects.map(
							(effect, index) =>
								`${effectWords[effect].name.toLowerCase()} ${write(digits[index] ?? 0)}`
						)
					: []
		})),
		others: Math.max(0, rows.length - mostMoved)
	};
}

function handoffOf(handoff: WorstHandoff, base: string | null): ReportHandoff {
	const {
		handoff_id: id,
		handed_off_local,
		topic,
		channel,
		score,
		score_coverage,
		csat
	} = handoff;
	const why = reasons(handoff);
	const known =
		score_coverage < 1 ? ` (${formatNumber(score_coverage * 100)} % of its weight known)` : '';
	return {
		id,
		when: `${formatDay(handed_off_local)}, ${handed_off_local.slice(11)}`,
		where: [topic ?? 'no topic', channel].filter((part) => part !== null).join(' · '),
		score: `${formatValue(score, 'score')}${known}`,
		csat: csat === null ? null : formatRating(csat),
		reasons: why.length > 0 ? why : ['nothing that the log tells'],
		address: base === null ? null : base + handoffAddress(id)
	};
}
