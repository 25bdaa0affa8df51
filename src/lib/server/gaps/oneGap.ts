/** Everything the page of one gap shows. */
import { VARCHAR } from '@duckdb/node-api';
import { z } from 'zod';
import { maskPersonal } from '../../analysis/phrases/maskPersonal.ts';
import { gapId } from '../../gaps.ts';
import type { GapPage, GapVersion, Resolutions } from '../../gapPage.ts';
import { phraseId, phraseTitle } from '../../phrases.ts';
import type { Log } from '../../week.ts';
import { fixTopicRow } from '../fixes/fixRow.ts';
import { readFixLedger } from '../fixes/fixLedger.ts';
import { metricParameters } from '../measure/measure.ts';
import { currentPhrase } from '../phrases/phraseEntries.ts';
import { readPhraseGroups } from '../phrases/phraseGroups.ts';
import type { Filter } from '../scope/filter.ts';
import { filterOf, readScope, type Choice } from '../scope/scope.ts';
import { engine, withSnapshot } from '../store/engine.ts';
import { readExtent, readHealth } from '../store/log.ts';
import { query, type Parameters } from '../store/query.ts';
import { behind } from '../store/recorder.ts';
import { readCameBack } from './cameBack.ts';
import { readGaps } from './gaps.ts';

/** A text with how many failures it stands for. */
export const peopleRow = z.strictObject({ resolution: z.string(), failures: z.int() });

export const aiVersionRow = z.strictObject({
	ai_version: z.string().nullable(),
	conversations: z.int(),
	routed: z.int(),
	failures: z.int()
});

/** How many weeks the page looks at where its address names none: as many as the list. */
const weeksLong = 13;
const mostResolutions = 8;

/** A topic ('' is none) and the id of one of its phrase groups. */
export type NamedGap = { topic: string; phrase: string | null };

/**
 * One gap, whatever became of it: also a topic without excess has its page.
 * @returns null when the store holds no handoff; 'unknown' for a topic or group that the log has not
 */
export function readGapPage(
	{ topic, phrase }: NamedGap,
	{ chosen, ...choice }: Choice,
	log: Log
): Promise<GapPage | 'unknown' | null> {
	return withSnapshot(async () => {
		const others = { ...chosen, topic: undefined, route: undefined };
		const scope = await readScope({ ...choice, chosen: others }, log, weeksLong);
		if (!scope) return null;
		const entry = phrase === null ? null : await currentPhrase(phrase);
		if (phrase !== null && (entry?.topic ?? '') !== topic) return 'unknown';
		const group = entry && {
			id: phraseId(entry.model, entry.n),
			label: phraseTitle(entry),
			language: entry.language
		};
		if (topic !== '' && !(await isLogged(topic))) return 'unknown';
		const named = topic === '' ? null : topic;
		const filter: Filter = { ...filterOf(scope, others), topic: [topic] };
		const parameters = await ofPhrase(filter, group?.id ?? null);
		const { settings } = await engine();
		const windowDays = settings.repeat_window_days;
		const [gaps, resolutions, versions, phrases, cameBack, ledger, { fields }] =
			await Promise.all([
				readGaps(filter),
				behind('resolutions', () => readResolutions(parameters)),
				behind('versions', () => readVersions(parameters, group !== null)),
				behind('phrases', () => readPhraseGroups(filter)),
				group === null ? behind('cameback', () => readCameBack(filter, windowDays)) : null,
				readFixLedger(),
				readHealth(await readExtent())
			]);
		return {
			...scope,
			topic: named,
			phrase: group,
			gap: gaps.gaps.find(({ id }) => id === gapId(named, group?.id ?? null)) ?? null,
			volume: gaps.volume,
			dispersion: gaps.dispersion,
			withoutRoute: gaps.withoutRoute,
			resolutions,
			versions,
			phrases,
			cameBack,
			windowDays,
			fixes: ledger.fixes.filter(
				({ fix, group: own }) =>
					fix.topic === topic && (group === null || own === null || own === group.id)
			),
			fields
		};
	});
}

const isLogged = async (topic: string) =>
	(await query('fixes/topics', fixTopicRow)).some((row) => row.topic === topic);

async function ofPhrase(filter: Filter, phrase: string | null): Promise<Parameters> {
	const { values, types } = await metricParameters(filter, []);
	return { values: { ...values, phrase }, types: { ...types, phrase: VARCHAR } };
}

/** Texts that differ only in what is masked, or in case and spaces, count together. */
async function readResolutions(parameters: Parameters): Promise<Resolutions> {
	const rows = await query('gaps/resolutions', peopleRow, parameters);
	const texts = new Map<string, { value: string; n: number }>();
	for (const { resolution, failures } of rows) {
		const value = maskPersonal(resolution).replace(/\s+/g, ' ').trim();
		const known = texts.get(value.toLowerCase());
		if (known) known.n += failures;
		else texts.set(value.toLowerCase(), { value, n: failures });
	}
	const all = [...texts.values()].sort((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1));
	return {
		texts: all.slice(0, mostResolutions),
		known: all.reduce((sum, { n }) => sum + n, 0),
		kinds: all.length
	};
}

async function readVersions(parameters: Parameters, isPhrase: boolean): Promise<GapVersion[]> {
	const rows = await query('gaps/ai_versions', aiVersionRow, parameters);
	const isRecorded = !isPhrase && rows.some(({ conversations }) => conversations > 0);
	return rows
		.filter(({ routed, conversations }) => routed > 0 || (!isPhrase && conversations > 0))
		.map(({ ai_version, conversations, routed, failures }) => ({
			version: ai_version,
			failures,
			handoffs: routed,
			conversations: isRecorded ? conversations : null
		}));
}
