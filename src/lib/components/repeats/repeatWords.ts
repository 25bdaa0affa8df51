import { dayWords } from '../../charts/repeats/returns.ts';
import { looks } from '../../charts/csat/satisfaction.ts';
import { addDays } from '../../dates.ts';
import { formatInterval, formatNumber, formatValue } from '../../format.ts';
import type { Back, Choices, RepeatsPage } from '../../repeats.ts';
import { joined, reworded, type Linked, type Said } from '../../said.ts';
import { weeksOf } from '../../scope.ts';
import type { Path } from '../../week.ts';
import type { Extra } from '../address.ts';

/** A path in the middle of a sentence. */
export const pathNouns: Record<Path, string> = {
	handed_off: 'handoffs',
	ai_only: 'AI-only conversations',
	human_only: 'person-only conversations'
};

/** What counts as a return: "on the same topic", "on any topic and the same channel". */
export function returnWords({ match, on }: Pick<Choices, 'match' | 'on'>): string {
	const topic = match === 'same' ? 'on the same topic' : 'on any topic';
	return on === 'same' ? `${topic} and the same channel` : topic;
}

/** What of the choices stands in an address: those that are not what the page shows by itself. */
export function choiceExtras(page: RepeatsPage, changed: Partial<Choices> = {}): Extra[] {
	const { by, match, on, days } = { ...page.choices, ...changed };
	return [
		...(by === page.defaultBy ? [] : [['by', by] satisfies Extra]),
		...(match === 'same' ? [] : [['match', match] satisfies Extra]),
		...(on === 'any' ? [] : [['on', on] satisfies Extra]),
		...(days === page.windowDays ? [] : [['days', String(days)] satisfies Extra])
	];
}

/** Weeks of the period whose last day was not yet followed for the whole window. */
export function openWeeks(page: Pick<RepeatsPage, 'from' | 'to' | 'knownTo'>): string[] {
	const { knownTo } = page;
	return weeksOf(page).filter((at) => knownTo === null || addDays(at, 6) > knownTo);
}

/** Below this share of contacts with a customer id, what the others hide is worth a sentence. */
export const enoughIdentified = 0.9;

/** A number of a sentence: of a path those back by a day, or with null all that are followed. */
export type Returned = Linked & { path: Path; day: number | null };

/** The page in sentences: who came back within the window, by path, and what is not yet known. */
export function repeatHeadline(page: RepeatsPage): Said<Returned>[] {
	const { days } = page.choices;
	const said = page.curves.flatMap(({ path, n, marks }) => {
		const back = marks.find(({ day }) => day === days);
		const share = back && shareWords(path, back, n);
		return share ? { path, share } : [];
	});
	const [first, ...others] = said;
	const sentences: Said<Returned>[] = [
		first
			? [
					'After ',
					...first.share,
					` of ${pathNouns[first.path]} the customer came back ${returnWords(page.choices)} within ${dayWords(days)}.`
				]
			: tooFew(page)
	];
	if (others.length > 0)
		sentences.push([
			'Beside them: ',
			...joined(
				others.map(({ path, share }) => [`${looks[path].label} `, ...share]),
				', '
			),
			'.'
		]);
	const open = openWeeks(page).length;
	if (open === 0) sentences.push(['All weeks of the period are known.']);
	else
		sentences.push([
			`${open === weeksOf(page).length ? (open === 1 ? 'The week is' : 'All weeks are') : open === 1 ? 'The last week is' : `The last ${formatNumber(open)} weeks are`} not yet known to the end: ${open === 1 ? 'its' : 'their'} handoffs count for the days they were watched.`
		]);
	const { identified } = page.limits;
	if (identified !== null && identified < enoughIdentified)
		sentences.push([
			`Only ${formatValue(identified, 'share')} of contacts carry a customer id, so these are lower bounds: see below how far the log can see.`
		]);
	return sentences.map((sentence) => reworded(sentence, unbroken));
}

/** That nothing is known of the window yet, and what is known of a shorter one. */
function tooFew({ curves, choices }: RepeatsPage): Said<Returned> {
	const nothing = `Too few are known to have stayed away for ${dayWords(choices.days)} to say how many came back`;
	for (const { path, n, marks } of curves) {
		const known = marks.findLast(({ value, day }) => value !== null && day < choices.days);
		const share = known && shareWords(path, known, n);
		if (share)
			return [
				`${nothing}; within ${dayWords(known.day)} it was `,
				...share,
				` of ${pathNouns[path]}.`
			];
	}
	return [`${nothing}.`];
}

function shareWords(path: Path, back: Back, n: number): Said<Returned> | null {
	if (back.value === null) return null;
	const interval = formatInterval(back.low, back.high, 'share');
	const sure = interval ? `95 % interval ${interval}, ` : '';
	return [
		{ words: formatValue(back.value, 'share'), path, day: back.day },
		` (${sure}n = `,
		{ words: formatNumber(n), path, day: null },
		')'
	];
}

/**
 * What missing customer ids hide: returns without one cannot be seen. Were they missing by chance,
 * contact by contact, a share `identified` of all returns would be seen at each moment, so the share
 * not back would be the seen one to the power 1/identified.
 */
export function ifSeen(share: number, identified: number): number {
	return 1 - (1 - share) ** (1 / identified);
}

/** Keeps a number with its sign and its unit on one line. */
export function unbroken(sentence: string): string {
	return sentence.replace(/(?<=\d) (?=%|days?\b)|(?<=n) (?==)|(?<==) /g, '\u00a0');
}
