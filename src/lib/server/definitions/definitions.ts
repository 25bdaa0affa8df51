/** Everything the page Definitions shows. */
import {
	settingsOf,
	type Defined,
	type DefinitionsPage,
	type SettingInForce
} from '../../definitions.ts';
import type { Estimate } from '../../estimate.ts';
import { metricIds, type MetricId } from '../../metrics.ts';
import type { Scope } from '../../scope.ts';
import type { Log } from '../../week.ts';
import { engine, withSnapshot } from '../store/engine.ts';
import type { Filter } from '../scope/filter.ts';
import { reached, readFormulas, readParts } from './formulas.ts';
import { readExtent, readHealth } from '../store/log.ts';
import { measure, whyNotCarried } from '../measure/measure.ts';
import { readFamilies } from './otherDefinitions.ts';
import { filterOf, readScope, type Choice } from '../scope/scope.ts';
import { settingsInForce } from '../settings/settingWords.ts';

/** How many weeks the page looks at where its address names none. */
const weeksLong = 13;

/** @returns null when the store holds no handoff */
export async function readDefinitions(choice: Choice, log: Log): Promise<DefinitionsPage | null> {
	return withSnapshot(async () => {
		const scope = await readScope(choice, log, weeksLong);
		return scope && readDefinitionsOf(scope, filterOf(scope, choice.chosen), log);
	});
}

async function readDefinitionsOf(scope: Scope, filter: Filter, log: Log): Promise<DefinitionsPage> {
	const { settings } = await engine();
	const why = (id: MetricId) => whyNotCarried(id, filter, []);
	const [measured, parts, health] = await Promise.all([
		measure(
			filter,
			metricIds.filter((id) => why(id) === null)
		),
		readParts(),
		readExtent().then(readHealth)
	]);
	const values: Partial<Record<MetricId, Estimate>> = measured[0]?.values ?? {};
	const estimate = (id: MetricId) => values[id] ?? null;
	const [formulas, families] = await Promise.all([
		readFormulas(parts),
		readFamilies(filter, { estimate, why }, { windowDays: settings.repeat_window_days, parts })
	]);
	const inForce = settingsInForce(settings, log.timezone);
	return {
		...scope,
		handoffs: estimate('handoffs')?.n ?? 0,
		metrics: metricIds.map((id): Defined => ({
			id,
			formula: formulas[id],
			estimate: estimate(id),
			why: why(id),
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
