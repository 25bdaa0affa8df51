/** What customers ask and people write, from templates with slots, in three languages. */
import type { Gap } from './effects.ts';
import type { Stream } from './random.ts';
import { topicNamed, type Language, type TopicName } from './shop.ts';
import { de } from './words.de.ts';
import { en } from './words.en.ts';
import { fr } from './words.fr.ts';

export type Words = {
	openers: string[];
	closers: string[];
	items: string[];
	cities: string[];
	/** By topic, in the order of its subtopics. */
	questions: Record<TopicName, [string[], string[], string[]]>;
	gaps: Record<Gap['id'], string[]>;
	summary: string[];
	resolutions: Record<TopicName, string[]>;
	gapResolutions: Record<Gap['id'], string[]>;
};

const words: Record<Language, Words> = { de, en, fr };

/** What one conversation is about, the same through all its texts. */
export type Matter = {
	language: Language;
	topic: TopicName;
	subtopic: string;
	gap: Gap | null;
	slots: Record<string, string>;
};

/** Draws what a conversation is about. */
export function matterOf(
	stream: Stream,
	language: Language,
	topic: TopicName,
	gap: Gap | null
): Matter {
	const { items, cities } = words[language];
	const amount = stream.whole(500, 19_900);
	const slots = {
		order: `B-${stream.whole(10_000, 99_999)}`,
		days: String(stream.whole(2, 14)),
		amount: `${Math.floor(amount / 100)},${String(amount % 100).padStart(2, '0')} €`,
		item: stream.pick(items),
		city: stream.pick(cities)
	};
	const subtopic = gap?.subtopic ?? stream.pick(topicNamed(topic).subtopics);
	return { language, topic, subtopic, gap, slots };
}

const filled = (template: string, slots: Record<string, string>) =>
	template.replace(/\{(\w+)\}/g, (slot, name: string) => slots[name] ?? slot);

const capital = (text: string) => text.charAt(0).toLocaleUpperCase('en') + text.slice(1);

export function questionOf(stream: Stream, matter: Matter): string {
	const { openers, closers, questions, gaps } = words[matter.language];
	const place = topicNamed(matter.topic).subtopics.indexOf(matter.subtopic);
	const cores = matter.gap ? gaps[matter.gap.id] : questions[matter.topic][place < 0 ? 0 : place];
	const opener = stream.pick(openers);
	const core = stream.pick(cores ?? []);
	const closer = stream.pick(closers);
	const stop = stream.pick(closer === '' ? ['', '.', '!'] : ['.', '!']);
	const end = /[?!.]$/.test(core) ? '' : stop;
	return capital(filled(`${opener}${core}${end}${closer}`, matter.slots));
}

export function summaryOf(stream: Stream, matter: Matter, attempts: number): string {
	return filled(stream.pick(words[matter.language].summary), {
		...matter.slots,
		subtopic: matter.subtopic,
		attempts: String(attempts)
	});
}

export function resolutionOf(stream: Stream, matter: Matter): string {
	const { resolutions, gapResolutions } = words[matter.language];
	const all = matter.gap ? gapResolutions[matter.gap.id] : resolutions[matter.topic];
	return filled(stream.pick(all), matter.slots);
}

/** The templates of a planted gap by language, for tests to find again. */
export const gapPhrases = (id: Gap['id']): Record<Language, string[]> => ({
	de: de.gaps[id],
	en: en.gaps[id],
	fr: fr.gaps[id]
});
