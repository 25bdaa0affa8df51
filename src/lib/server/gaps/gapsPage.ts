/** Everything the page Gaps shows. */
import { dimensionNames } from '../../address.ts';
import { gapKinds, gapStatuses, type Gap, type GapChoices, type GapsPage } from '../../gaps.ts';
import { formatNumber } from '../../format.ts';
import { parted } from '../../gapWords.ts';
import type { FilterDimension, Scope } from '../../scope.ts';
import type { Log } from '../../week.ts';
import { readPhraseJob } from '../phrases/phraseRunner.ts';
import { readChanges } from '../measure/changes.ts';
import { lackedByConversations } from '../scope/filter.ts';
import { AddressReader } from '../http/addressReader.ts';
import { filterOf, readScope, type Choice, type Chosen, withNotes } from '../scope/scope.ts';
import { engine, withSnapshot } from '../store/engine.ts';
import { firstOpenWeek, followedUpTo, readExtent, readHealth } from '../store/log.ts';
import { behind } from '../store/recorder.ts';
import { readCameBack } from './cameBack.ts';
import { readGaps } from './gaps.ts';

/** How many weeks the page looks at where its address names none. */
const weeksLong = 13;
/** Topics of a table at most: some logs have a free text for a topic. */
const mostTopics = 100;
const manyTopics = 500;

/** What an address asks of gaps besides the period and filters. */
export type GapsChoice = Choice & { choices: GapChoices };

/** Reads which gaps are asked for; what it does not understand it leaves out. */
export function readGapsChoice(choice: Choice, parameters: URLSearchParams): GapsChoice {
	const reader = new AddressReader(parameters);
	const choices = {
		kinds: reader.several('kind', gapKinds),
		statuses: reader.several('status', gapStatuses),
		emergingOnly: reader.oneOf('emerging', ['yes', 'no']) === 'yes'
	};
	return { ...withNotes(choice, reader.notes), choices };
}

/** @returns null when the store holds no handoff */
export async function readGapsPage(choice: GapsChoice, log: Log): Promise<GapsPage | null> {
	return withSnapshot(async () => {
		const scope = await readScope(choice, log, weeksLong);
		return scope && readGapsOf(scope, choice);
	});
}

async function readGapsOf(scope: Scope, { chosen, choices }: GapsChoice): Promise<GapsPage> {
	const { settings } = await engine();
	const filter = filterOf(scope, chosen);
	const windowDays = settings.repeat_window_days;
	const extent = await readExtent();
	// As gaps themselves: a filter by route would make the share of failures 0 or 1.
	const unrouted = { ...chosen, route: undefined };
	const openFrom = firstOpenWeek(followedUpTo(extent, windowDays));
	const [shares, unseen, gaps, cameBack, { fields }] = await Promise.all([
		readChanges(scope, unrouted, ['failure_share', 'avoidable_share']),
		readChanges(scope, unrouted, ['false_containment_rate'], { windowDays, openFrom }),
		readGaps(filter),
		behind('cameback', () => readCameBack({ ...filter, route: undefined }, windowDays)),
		readHealth(extent)
	]);
	const parts = parted(gaps.gaps);
	const ofTopics = (some: Gap[]) => some.filter(({ phrase }) => phrase === null);
	const [slight, others] = [ofTopics(parts.slight), ofTopics(parts.others)];
	const shown = new Set([
		...parts.listed,
		...slight.slice(0, mostTopics),
		...mostFailing(others),
		// The choice of a status finds what was fixed also where it is no gap.
		...gaps.gaps.filter(({ status }) => status !== null)
	]);
	const followed = cameBack?.topics.filter(({ rate }) => rate.n > 0) ?? [];
	return {
		...scope,
		...gaps,
		gaps: gaps.gaps.filter((gap) => shown.has(gap)),
		others: others.length,
		numbers: { ...shares, ...unseen },
		choices,
		cameBack: cameBack && {
			...cameBack,
			topics: followed.slice(0, mostTopics),
			allTopics: followed.length
		},
		windowDays,
		job: readPhraseJob(),
		notes: notesOf(chosen, scope.facets.topic.length),
		fields
	};
}

/** Those with most failures, in the order given. */
function mostFailing(gaps: readonly Gap[]): Gap[] {
	const kept = new Set(
		gaps.toSorted((one, other) => other.observed - one.observed).slice(0, mostTopics)
	);
	return gaps.filter((gap) => kept.has(gap));
}

/** What of the filter bar is followed in another way than on other pages. */
function notesOf(chosen: Chosen, topics: number): string[] {
	const isOn = (dimension: FilterDimension) => (chosen[dimension]?.length ?? 0) > 0;
	const uncarried = lackedByConversations({ from: '', to: '', ...chosen, route: undefined });
	return [
		...(topics === 1
			? ['The log names one topic: it is held against itself, so only what grows stands out.']
			: []),
		...(topics > manyTopics
			? [
					`The log names ${formatNumber(topics)} topics, so most have too few failures: is the topic a free text?`
				]
			: []),
		...(isOn('route')
			? ['Gaps count failure handoffs: the filter Route changes nothing here.']
			: []),
		...(isOn('topic')
			? ['The topics chosen are held against all topics, not only against each other.']
			: []),
		...(uncarried
			? [
					`Conversations carry no ${dimensionNames[uncarried].toLowerCase()}: that filter narrows the failures, not the conversations they are out of.`
				]
			: [])
	];
}
