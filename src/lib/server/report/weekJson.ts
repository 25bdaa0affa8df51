/** The report of a week as data, for programs; its shape stands in docs/report.md. */
import type { Moved } from '../../moved.ts';
import { filterDimensions } from '../../scope.ts';
import type { Log, Week } from '../../week.ts';
import type { Measured } from './sixNumbers.ts';
import type { WeekContent } from './weekContent.ts';
import type { WeekJson } from './weekJsonSchema.ts';

/** The report as JSON can say it: estimates in their own units, words where there are words. */
export function weekJson(content: WeekContent, page: Week, log: Log): WeekJson {
	const { title, week, notices, address, sentences, body, health } = content;
	return {
		title,
		week,
		from: page.from,
		to: page.to,
		timezone: log.timezone,
		is_complete: page.complete,
		is_sample: log.sample,
		notices,
		url: address,
		filters: Object.fromEntries(
			filterDimensions.flatMap((dimension) => {
				const values = page.facets[dimension]
					.filter(({ chosen }) => chosen)
					.map(({ value }) => value);
				return values.length > 0 ? [[dimension, values]] : [];
			})
		),
		sentence: sentences.join(' '),
		findings: page.findings.map(
			({ metric, topic, week: monday, usual, now, baseline, chance, causes }, index) => ({
				metric,
				topic,
				week: monday,
				usual,
				now,
				baseline,
				chance,
				causes: causes ?? [],
				words: [body?.findings[index]?.what, body?.findings[index]?.cause]
					.filter(Boolean)
					.join(' '),
				url: body?.findings[index]?.address ?? null
			})
		),
		quiet:
			body && body.findings.length === 0
				? [body.quiet.what, body.quiet.why].filter(Boolean).join(' ')
				: null,
		numbers: (body?.numbers ?? []).flatMap(({ measured }) => measured.map(numberOf)),
		moved: body && page.moved.moved && movedOf(page.moved.moved),
		lowest: (body?.lowest ?? []).map(({ id, address: url, reasons }, index) => {
			const handoff = page.worst[index];
			return {
				handoff_id: id,
				handed_off_local: handoff?.handed_off_local ?? null,
				topic: handoff?.topic ?? null,
				channel: handoff?.channel ?? null,
				score: handoff?.score ?? null,
				score_coverage: handoff?.score_coverage ?? null,
				csat: handoff?.csat ?? null,
				reasons,
				url
			};
		}),
		health: { ...page.health, last_handoff: log.last, words: health.join(' · ') }
	};
}

function movedOf({ rows, beforePeriod, afterPeriod, ...moved }: Moved) {
	return {
		...moved,
		before_period: beforePeriod,
		after_period: afterPeriod,
		topics: rows.map(({ key, joined, ...row }) => ({
			topic: key,
			joined: joined ?? null,
			...row
		}))
	};
}

function numberOf({ metric, label, week, estimate, charted, change, now }: Measured) {
	const { value = null, n = 0, low = null, high = null, coverage = null } = estimate ?? {};
	return {
		metric,
		label,
		week,
		value,
		n,
		low,
		high,
		coverage,
		usual: charted?.centre ?? null,
		limits: { low: charted?.low ?? null, high: charted?.high ?? null },
		verdict: charted?.verdict ?? null,
		change: change && {
			against: change.against,
			before: change.before.value,
			difference: change.difference,
			low: change.low,
			high: change.high
		},
		words: now
	};
}
