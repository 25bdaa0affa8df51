/** Everything the page Repeats shows. */
import { addDays } from '../../dates.ts';
import type { Estimate } from '../../estimate.ts';
import {
	groupings,
	markDays,
	repeatNumbers,
	type Choices,
	type Contained,
	type Destinations,
	type RepeatsPage,
	type ReturnCurve
} from '../../repeats.ts';
import { wholeWeeks, type Scope } from '../../scope.ts';
import { paths, type Health, type Log, type Path } from '../../week.ts';
import { readChanges } from '../measure/changes.ts';
import { engine, withSnapshot } from '../store/engine.ts';
import { lackedByConversations, type Filter } from '../scope/filter.ts';
import { firstOpenWeek, followedUpTo, readExtent, readHealth } from '../store/log.ts';
import { measure } from '../measure/measure.ts';
import { behind } from '../store/recorder.ts';
import { readDestinations } from './repeatDestinations.ts';
import { groupReturns } from './repeatGroups.ts';
import { backAt, curveOf, pooled, readLife, returnsWithin, type Life } from './repeatLife.ts';
import { readLimits } from './repeatLimits.ts';
import { AddressReader } from '../http/addressReader.ts';
import { filterOf, readScope, type Choice, withNotes } from '../scope/scope.ts';

/** How many weeks the page looks at where its address names none. */
const weeksLong = 26;
/** How many weeks the lines show, whatever the period. */
const weeksShown = 26;

/** What an address asks of returns; null where it leaves it to the log and the settings. */
export type RepeatChoice = Choice & {
	asked: { [Key in keyof Choices]: Choices[Key] | null };
};

/** Reads what counts as a return; what it does not understand it leaves out. */
export function readRepeatChoice(choice: Choice, parameters: URLSearchParams): RepeatChoice {
	const reader = new AddressReader(parameters);
	const asked = {
		by: reader.oneOf('by', groupings),
		match: reader.oneOf('match', ['same', 'any']),
		on: reader.oneOf('on', ['any', 'same']),
		days:
			reader.one('days', 'one of the numbers of days that the page offers', (text) =>
				Number(text) > 0 && Number.isFinite(Number(text)) ? Number(text) : undefined
			) ?? null
	};
	return { ...withNotes(choice, reader.notes), asked };
}

/** @returns null when the store holds no handoff */
export async function readRepeats(choice: RepeatChoice, log: Log): Promise<RepeatsPage | null> {
	return withSnapshot(async () => {
		const scope = await readScope(choice, log, weeksLong);
		return scope && readRepeatsOf(scope, choice);
	});
}

async function readRepeatsOf(scope: Scope, { chosen, asked }: RepeatChoice): Promise<RepeatsPage> {
	const { settings } = await engine();
	const extent = await readExtent();
	const { fields } = await readHealth(extent);
	const windowDays = settings.repeat_window_days;
	const marks = [...new Set([...markDays, windowDays])].sort((a, b) => a - b);
	const defaultBy = isLogged(fields, 'trigger', 'route') ? 'route' : 'topic';
	const choices: Choices = {
		by: asked.by ?? defaultBy,
		match: asked.match ?? 'same',
		on: asked.on ?? 'any',
		days: marks.find((day) => day === asked.days) ?? windowDays
	};
	const filter = filterOf(scope, chosen);
	const horizon = marks.at(-1) ?? choices.days;
	const { to } = wholeWeeks(scope);
	const knownTo = followedUpTo(extent, choices.days);
	const [numbers, lives, series, destinations, containment, limits, counted] = await Promise.all([
		readChanges(scope, chosen, repeatNumbers, {
			windowDays: choices.days,
			openFrom: firstOpenWeek(knownTo)
		}),
		behind('curves', () => readLives(filter, choices, horizon)),
		behind('weeks', () =>
			readSeries({ ...filter, from: addDays(to, -7 * weeksShown), to }, choices)
		),
		behind('destinations', () =>
			Promise.all(paths.map((path) => readDestinations(filter, path, choices.days)))
		),
		behind('containment', () => readContainment(filter, choices.days)),
		readLimits(filter, choices.days, horizon),
		measure(filter, ['handoffs'])
	]);
	const isOffered = asked.days === null || choices.days === asked.days;
	const unoffered = `days=${asked.days} was left out: it takes ${marks.join(', ')}.`;
	return {
		...scope,
		periodNotes: [...scope.periodNotes, ...(isOffered ? [] : [unoffered])],
		numbers,
		choices,
		defaultBy,
		windowDays,
		marks,
		handoffs: counted[0]?.values.handoffs.n ?? 0,
		curves: lives.flatMap(({ path, groups }): ReturnCurve[] =>
			groups.size === 0
				? []
				: [curveOf(path, pooled([...groups.values()]), { ...choices, marks })]
		),
		groups: groupReturns(lives.find(({ path }) => path === 'handed_off')?.groups ?? new Map(), {
			...choices,
			marks
		}),
		series,
		knownTo,
		destinations: destinations.filter((one): one is Destinations => one !== null),
		containment,
		limits,
		fields
	};
}

/** Whether any handoff of the log carries one of some fields. */
const isLogged = (fields: Health['fields'], ...names: string[]) =>
	fields.some(
		({ record, field, share }) =>
			record === 'handoff' && names.includes(field) && (share ?? 0) > 0
	);

/** Handoffs by the groups chosen; the other paths, which carry few of them, as a whole. */
const readLives = (
	filter: Filter,
	choices: Choices,
	horizon: number
): Promise<{ path: Path; groups: Map<string | null, Life> }[]> =>
	Promise.all(
		paths.map(async (path) => ({
			path,
			groups: await readLife(filter, path, path === 'handed_off' ? choices.by : null, {
				...choices,
				horizon
			})
		}))
	);

async function readSeries(filter: Filter, choices: Choices): Promise<RepeatsPage['series']> {
	const ofPaths = await Promise.all(
		(['handed_off', 'ai_only'] as const).map(async (path) => {
			const weeks = await readLife(filter, path, 'week', {
				...choices,
				horizon: choices.days
			});
			return [...weeks].map(([week, life]) => ({
				path,
				week: String(week),
				returned: returnedBy(life, choices.days)
			}));
		})
	);
	return ofPaths.flat();
}

/** The share back by a day as the estimate of a metric; coverage is not known here. */
function returnedBy(life: Life, day: number): Estimate {
	const [back] = backAt(life, [day], false);
	return {
		value: back?.value ?? null,
		low: back?.low ?? null,
		high: back?.high ?? null,
		n: life[0]?.at_risk ?? 0,
		coverage: null
	};
}

/** Containment by topic, largest topics first; false containment is of the same topic whatever else is chosen. */
async function readContainment(
	filter: Filter,
	windowDays: number
): Promise<RepeatsPage['containment']> {
	if (lackedByConversations(filter)) return null;
	const ids = ['containment_rate', 'false_containment_rate'] as const;
	const [byTopic, [whole], lives] = await Promise.all([
		measure(filter, ids, ['topic'], { windowDays }),
		measure(filter, ids, [], { windowDays }),
		readLife(filter, 'ai_only', 'topic', { match: 'same', on: 'any', horizon: windowDays })
	]);
	const of = (
		topic: string | null,
		values: (typeof byTopic)[number]['values'],
		life: Life[]
	): Contained => ({
		topic,
		containment: values.containment_rate,
		falseContainment: values.false_containment_rate,
		seen: life.reduce((sum, rows) => sum + returnsWithin(rows, windowDays), 0)
	});
	if (!whole) return null;
	return {
		all: of(null, whole.values, [...lives.values()]),
		topics: byTopic
			.map(({ by, values }) =>
				of(by.topic ?? null, values, [lives.get(by.topic ?? null) ?? []])
			)
			.filter(({ containment }) => containment.n > 0)
			.sort((a, b) => b.containment.n - a.containment.n)
	};
}
