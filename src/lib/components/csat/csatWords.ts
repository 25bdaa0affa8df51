import type { CsatPage, PathSummary } from '../../csat.ts';
import { formatInterval, formatNumber, formatValue } from '../../format.ts';
import { metrics } from '../../metrics.ts';
import { joined, reworded, type Linked, type Said } from '../../said.ts';
import type { Path } from '../../week.ts';
import type { Surveyed } from './csatLinks.ts';

/** The paths within a sentence. */
export const pathWords: Record<Path, string> = {
	handed_off: 'handed over',
	ai_only: 'AI only',
	human_only: 'person only'
};

/** A difference of shares in percentage points, with its sign: "+3.9", "−10.8". */
export function formatPoints(value: number): string {
	const digits = formatNumber(value * 100, 1);
	return value > 0 && /[1-9]/.test(digits) ? `+${digits}` : digits;
}

/** A number of a sentence: of a path all, or those that answered, or were satisfied. */
export type Survey = Linked & { path: Path; of: Surveyed };

/**
 * The page in sentences: how satisfied those are who answered after a handoff, how many they are,
 * and where the other paths stand at the same topic mix. A difference whose interval holds zero is
 * not called one.
 */
export function csatHeadline({ paths }: Pick<CsatPage, 'paths'>): Said<Survey>[] {
	const own = paths.find(({ path }) => path === 'handed_off');
	if (!own || own.csat_top2.n === 0) return [];
	const { n } = own.csat_top2;
	const behind = (words: string, of: Surveyed): Survey => ({ words, path: 'handed_off', of });
	const answered: Said<Survey> = [
		behind(formatNumber(n), 'answered'),
		' of ',
		behind(formatNumber(own.conversations), 'all'),
		` handoffs have a survey answer (${formatValue(own.response.value, 'share')})`
	];
	if (n < metrics.csat_top2.floor) return [[...answered, ': too few to say how satisfied.']];
	const compared = paths.flatMap((one) => {
		const said = comparison(one);
		return said ? [said] : [];
	});
	const { value, low, high } = own.csat_top2;
	const interval = formatInterval(low, high, 'share');
	const sentences: Said<Survey>[] = [
		[
			...answered,
			'; ',
			behind(formatValue(value, 'share'), 'satisfied'),
			` of the answers were 4 or 5${interval ? ` (95 % interval ${interval})` : ''}.`
		],
		...(compared.length > 0
			? [
					[
						'Among those who answered, at the same topic mix, handed over stands ',
						...joined(compared, ', and '),
						'.'
					]
				]
			: []),
		...(compared.length > 0 && paths.some((one) => isReversible(own, one))
			? [['Fewer than half answered: those who kept silent could turn this round.']]
			: [])
	];
	return sentences.map((sentence) => reworded(sentence, unbroken));
}

/** Whether the silent of both paths could put the difference the other way, or make one. */
function isReversible(own: PathSummary, { bounds, difference }: PathSummary): boolean {
	if (!own.bounds || !bounds || !difference || difference.value === null) return false;
	return difference.value < 0 ? own.bounds.high > bounds.low : own.bounds.low < bounds.high;
}

function comparison({ path, difference }: PathSummary): Said<Survey> | null {
	if (!difference || difference.value === null) return null;
	const { value, low, high } = difference;
	if (low === null || high === null) return null;
	const interval = `95 % interval ${formatPoints(low)} to ${formatPoints(high)}`;
	const beside: Survey = { words: pathWords[path], path, of: 'answered' };
	if (low <= 0 && high >= 0)
		return [
			'too close to ',
			beside,
			` to tell apart (${formatPoints(value)} points, ${interval})`
		];
	const size = formatNumber(Math.abs(value) * 100, 1);
	return [`${size} points ${value < 0 ? 'below' : 'above'} `, beside, ` (${interval})`];
}

/** Keeps a number with its sign and its unit on one line. */
function unbroken(sentence: string): string {
	return sentence.replace(/(?<=\d) (?=%|points\b)/g, '\u00a0');
}
