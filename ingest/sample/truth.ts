/** What was planted, for tests to find again: the shape of truth.json. */
import { seasonOf } from './arrivals.ts';
import { dateOf, zone } from './clock.ts';
import type { Gap, Planted } from './effects.ts';
import type { BadLine } from './faults.ts';
import { gapPhrases } from './phrases.ts';
import { versionStarts, type Plan } from './plan.ts';
import { topics, type Language } from './shop.ts';

export type WrittenFile = {
	name: string;
	sha256: string;
	/** Lines with the header, good and bad. */
	lines: number;
	bad_lines: number;
};

export type Truth = {
	made_by: 'seam sample';
	/** `effects` stands there, false, where nothing was planted. */
	options: { weeks: number; conversations: number; seed: number; end: string; effects?: false };
	time_zone: string;
	first_day: string;
	last_day: string;
	/** Mondays. */
	first_week: string;
	last_week: string;
	conversations: number;
	handoffs: number;
	planted: Planted[];
	/** Templates of each gap's questions by language. */
	phrases: Partial<Record<Gap['id'], Record<Language, string[]>>>;
	/** Topics in which nothing happens at all. */
	quiet_topics: string[];
	/** Share of each topic's volume before growth. */
	topic_shares: Record<string, number>;
	/** Weeks whose volume differs by season, with the factor: the same for all topics. */
	season: { week: string; factor: number }[];
	/** None of them changes any outcome. */
	ai_versions: { ai_version: string; from_week: string }[];
	bad_lines: BadLine[];
	files: WrittenFile[];
};

export function truthOf(
	plan: Plan,
	counted: { conversations: number; handoffs: number },
	bad_lines: BadLine[],
	files: WrittenFile[]
): Truth {
	const { weeks, conversations, seed, end, monday, effects } = plan;
	const mondays = Array.from({ length: weeks }, (_, week) => monday + 7 * week);
	return {
		made_by: 'seam sample',
		options: {
			weeks,
			conversations,
			seed,
			end,
			...(effects.planted.length === 0 && { effects: false as const })
		},
		time_zone: zone,
		first_day: dateOf(monday),
		last_day: dateOf(monday + 7 * weeks - 1),
		first_week: dateOf(monday),
		last_week: dateOf(monday + 7 * (weeks - 1)),
		...counted,
		planted: effects.planted,
		phrases: Object.fromEntries(effects.gaps.map(({ id }) => [id, gapPhrases(id)])),
		quiet_topics: effects.quietTopics,
		topic_shares: Object.fromEntries(topics.map(({ name, share }) => [name, share])),
		season: mondays
			.map((day) => ({ week: dateOf(day), factor: seasonOf(day) }))
			.filter(({ factor }) => factor !== 1),
		ai_versions: versionStarts(plan),
		bad_lines,
		files
	};
}
