/** Everything the page Triggers shows. */
import { datesOf } from '../../address.ts';
import type { Estimate } from '../../estimate.ts';
import type { Scope } from '../../scope.ts';
import {
	comparedMetrics,
	ruleMetrics,
	type Rule,
	type RouteValues,
	type RuleMetric,
	type TriggerChoices,
	type TriggersPage,
	triggerNumbers
} from '../../triggers.ts';
import type { Log } from '../../week.ts';
import { engine, withSnapshot } from '../store/engine.ts';
import type { Filter } from '../scope/filter.ts';
import { behind } from '../store/recorder.ts';
import { firstOpenWeek, followedUpTo, readExtent, readHealth } from '../store/log.ts';
import { readChanges } from '../measure/changes.ts';
import { compareGroups, readLastWeeks } from '../measure/groupChanges.ts';
import { emptyEstimate, measure, metricParameters } from '../measure/measure.ts';
import { query } from '../store/query.ts';
import { AddressReader } from '../http/addressReader.ts';
import { filterOf, readScope, type Choice, withNotes } from '../scope/scope.ts';
import { readChains } from './triggerChains.ts';
import { readMisrouting } from './triggerMisrouting.ts';
import { readRequests } from './triggerRequests.ts';
import { readTriggerReviews } from './triggerReviews.ts';
import { withinRow } from './triggerRows.ts';
import { compareRules, tuningsOf } from './triggerRules.ts';
import { readConfident, readThreshold } from './triggerThreshold.ts';
import { readTiming } from './triggerTiming.ts';

/** How many weeks the page looks at where its address names none. */
const weeksLong = 26;

/** What an address asks of triggers besides the period. */
export type TriggerChoice = Choice & { choices: TriggerChoices };

/** Reads measure and thresholds; what it does not understand it leaves out. */
export function readTriggerChoice(choice: Choice, parameters: URLSearchParams): TriggerChoice {
	const reader = new AddressReader(parameters);
	const share = (name: string) =>
		reader.one(name, 'a number from 0 to 1', (text) => {
			const value = Number(text.replace(',', '.'));
			return value >= 0 && value <= 1 ? Math.round(value * 100) / 100 : undefined;
		}) ?? null;
	const choices = {
		measure: reader.oneOf('measure', comparedMetrics) ?? 'late_rate',
		threshold: share('threshold'),
		inForce: share('in_force')
	};
	return { ...withNotes(choice, reader.notes), choices };
}

/** @returns null when the store holds no handoff */
export async function readTriggers(choice: TriggerChoice, log: Log): Promise<TriggersPage | null> {
	return withSnapshot(async () => {
		const scope = await readScope(choice, log, weeksLong);
		return scope && readTriggersOf(scope, choice);
	});
}

async function readTriggersOf(
	scope: Scope,
	{ chosen, choices }: TriggerChoice
): Promise<TriggersPage> {
	const filter = filterOf(scope, chosen);
	const { repeat_window_days: windowDays } = (await engine()).settings;
	const extent = await readExtent();
	const openFrom = firstOpenWeek(followedUpTo(extent, windowDays));
	const { rules, tested } = await behind('rules', async () =>
		withChanges(await readRules(scope, filter), scope, { chosen, openFrom })
	);
	const before = scope.compared.lacks === null ? filterOf(scope.compared, chosen) : null;
	const [
		numbers,
		routes,
		routesBefore,
		requests,
		threshold,
		timing,
		chains,
		reviews,
		misrouting,
		{ fields }
	] = await Promise.all([
		readChanges(scope, chosen, triggerNumbers),
		behind('rules', () => readRoutes(filter)),
		behind('rules', async () => (before ? readRoutes(before) : {})),
		behind('requests', () => readRequests(scope, chosen)),
		behind('threshold', () => readThreshold(filter, choices)),
		behind('timing', () => readTiming(scope, chosen)),
		behind('chains', () => readChains(scope, chosen)),
		behind('reviews', () => readTriggerReviews(filter)),
		behind('misrouting', () => readMisrouting(scope, chosen)),
		readHealth(extent)
	]);
	const count = (of: (rule: Rule) => boolean) =>
		rules.filter(of).reduce((sum, { handoffs }) => sum + handoffs, 0);
	return {
		...scope,
		choices,
		handoffs: count(() => true),
		windowDays,
		numbers,
		rules,
		routes,
		routesBefore,
		tunings: tuningsOf(rules),
		tested,
		unknown: count(({ route, trigger }) => route === null && trigger !== null),
		untriggered: count(({ trigger }) => trigger === null),
		requests,
		threshold,
		confident: await readConfident(filter, threshold),
		timing,
		chains,
		reviews,
		misrouting,
		fields
	};
}

/** The two routes, each as a whole. */
async function readRoutes(filter: Filter): Promise<RouteValues> {
	const measured = await measure(filter, ruleMetrics, ['route']);
	return Object.fromEntries(
		measured
			.filter(({ by }) => by.route === 'failure' || by.route === 'topic')
			.map(({ by, values }) => [by.route, values])
	);
}

/** Every trigger by route, most handoffs first. */
async function readRules(
	{ compared }: Scope,
	filter: Filter
): Promise<{ rules: Rule[]; tested: number }> {
	const by = ['route', 'trigger'] as const;
	const ids = ['handoffs', ...ruleMetrics] as const;
	const [measured, within, earlier] = await Promise.all([
		measure(filter, ids, [...by]),
		metricParameters(filter, []).then((parameters) =>
			query('triggers/within_topics', withinRow, parameters)
		),
		compared.lacks === null
			? measure({ ...filter, from: compared.from, to: compared.to }, ids, [...by])
			: []
	]);
	const found = compareRules(within);
	const rules = measured.map(({ by: keys, values: { handoffs, ...values } }): Rule => {
		const key = { route: keys.route ?? null, trigger: keys.trigger ?? null };
		const own = found.rules.find(
			(one) => one.route === key.route && one.trigger === key.trigger
		);
		const then = earlier.find(
			({ by: other }) =>
				(other.route ?? null) === key.route && (other.trigger ?? null) === key.trigger
		);
		return {
			...key,
			handoffs: handoffs.n,
			values: values as Record<RuleMetric, Estimate>,
			before: then
				? {
						handoffs: then.values.handoffs.n,
						values: then.values as Record<RuleMetric, Estimate>
					}
				: null,
			changes: {},
			attempts: own?.attempts ?? { value: null, n: 0, low: null, high: null, coverage: 0 },
			against: own?.against ?? {},
			pace: own?.pace ?? null
		};
	});
	return { rules: rules.sort((a, b) => b.handoffs - a.handoffs), tested: found.tested };
}

/** What is charted of every trigger. */
const charted = ['wait_before_p50', ...comparedMetrics] as const satisfies readonly RuleMetric[];

/** The rules with what became of them; a trigger of two routes has changes, but no chart of its own. */
async function withChanges(
	{ rules, tested }: { rules: Rule[]; tested: number },
	scope: Scope,
	{ chosen, openFrom }: { chosen: Choice['chosen']; openFrom: string | undefined }
): Promise<{ rules: Rule[]; tested: number }> {
	if (scope.compared.lacks !== null) return { rules, tested };
	const lastWeekOf = await readLastWeeks(scope, chosen, charted, 'trigger', { openFrom });
	const isAlone = (rule: Rule) =>
		rules.filter(({ trigger }) => trigger === rule.trigger).length === 1;
	const cells = rules.flatMap((rule) => charted.map((id) => ({ rule, id })));
	const changes = compareGroups(
		cells.map(({ rule, id }) => ({
			id,
			now: rule.values[id],
			before: rule.before?.values[id] ?? emptyEstimate(id),
			last: isAlone(rule) ? lastWeekOf(rule.trigger, id) : null
		}))
	);
	const dates = datesOf(scope.compared);
	const ofRule = (rule: Rule) =>
		cells.flatMap((cell, at) => {
			const change = changes[at];
			return cell.rule === rule && change ? [[cell.id, { ...change, dates }] as const] : [];
		});
	return {
		rules: rules.map((rule) => ({ ...rule, changes: Object.fromEntries(ofRule(rule)) })),
		tested
	};
}
