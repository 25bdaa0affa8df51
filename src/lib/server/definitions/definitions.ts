/** Everything the page Definitions shows. */
import {
	settingsOf,
	type Defined,
	type DefinitionsPage,
	type SettingInForce
} from '../../definitions.ts';
import type { Numbers } from '../../change.ts';
import { metricIds, type MetricId } from '../../metrics.ts';
import type { Scope } from '../../scope.ts';
import type { Log } from '../../week.ts';
import { engine, withSnapshot } from '../store/engine.ts';
import { reached, readFormulas, readParts } from './formulas.ts';
import { firstOpenWeek, followedUpTo, readExtent, readHealth } from '../store/log.ts';
import { readChanges } from '../measure/changes.ts';
import { wholeWeeksOf } from '../measure/charted.ts';
import { whyNotCarried } from '../measure/measure.ts';
import { readFamilies } from './otherDefinitions.ts';
import { filterOf, readScope, type Choice, type Chosen } from '../scope/scope.ts';
import { settingsInForce } from '../settings/settingWords.ts';

/** How many weeks the page looks at where its address names none. */
const weeksLong = 13;

/** @returns null when the store holds no handoff */
export async function readDefinitions(choice: Choice, log: Log): Promise<DefinitionsPage | null> {
	return withSnapshot(async () => {
		const scope = await readScope(choice, log, weeksLong);
		return scope && readDefinitionsOf(scope, choice.chosen, log);
	});
}

async function readDefinitionsOf(scope: Scope, chosen: Chosen, log: Log): Promise<DefinitionsPage> {
	const { settings } = await engine();
	const filter = filterOf(scope, chosen);
	const windowDays = settings.repeat_window_days;
	const why = (id: MetricId) => whyNotCarried(id, filter, []);
	const extent = await readExtent();
	const carried = metricIds.filter((id) => why(id) === null);
	const [measured, parts, health] = await Promise.all([
		readChanges(scope, chosen, carried, {
			openFrom: firstOpenWeek(followedUpTo(extent, windowDays)),
			whole: wholeWeeksOf(scope)
		}),
		readParts(),
		readHealth(extent)
	]);
	const numbers: Partial<Numbers> = measured;
	const none = { estimate: null, change: null, last: null };
	const numberOf = (id: MetricId) => ({ ...(numbers[id] ?? none), why: why(id) });
	const before = scope.compared.lacks === null ? filterOf(scope.compared, chosen) : null;
	const [formulas, families] = await Promise.all([
		readFormulas(parts),
		readFamilies({ filter, before }, numberOf, { windowDays, parts })
	]);
	const inForce = settingsInForce(settings, log.timezone);
	return {
		...scope,
		handoffs: numberOf('handoffs').estimate?.n ?? 0,
		metrics: metricIds.map((id): Defined => ({
			id,
			formula: formulas[id],
			...numberOf(id),
			settings: settingsFor(id, inForce)
		})),
		parts: reached(
			parts,
			[
				...Object.values(formulas),
				...Object.values(families).map(({ formula }) => formula)
			].flatMap(({ uses }) => uses)
		),
		settings: inForce,
		families,
		fields: health.fields
	};
}

const settingsFor = (id: MetricId, inForce: SettingInForce[]) =>
	inForce.filter(({ key }) => settingsOf[id]?.includes(key));
