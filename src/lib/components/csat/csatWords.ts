import type { CsatPage, PathSummary } from '../../csat.ts';
import { formatEstimate, formatNumber, formatValue } from '../../format.ts';
import { metrics } from '../../metrics.ts';
import type { Path } from '../../week.ts';

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

/**
 * The page in sentences: how satisfied those are who answered after a handoff, how many they are,
 * and where the other paths stand at the same topic mix. A difference whose interval holds zero is
 * not called one.
 */
export function csatHeadline({ paths }: Pick<CsatPage, 'paths'>): string[] {
	const own = paths.find(({ path }) => path === 'handed_off');
	if (!own || own.csat_top2.n === 0) return [];
	const { n } = own.csat_top2;
	const answered = `${formatNumber(n)} of ${formatNumber(own.conversations)} handoffs have a survey answer (${formatValue(own.response.value, 'share')})`;
	if (n < metrics.csat_top2.floor) return [`${answered}: too few to say how satisfied.`];
	const compared = paths.flatMap((one) => comparison(one) ?? []);
	return [
		`${answered}; ${formatEstimate(own.csat_top2, 'share').replace('(', 'of the answers were 4 or 5 (95 % interval ')}.`,
		...(compared.length > 0
			? [
					`Among those who answered, at the same topic mix, handed over stands ${compared.join(', and ')}.`
				]
			: []),
		...(compared.length > 0 && paths.some((one) => isReversible(own, one))
			? ['Fewer than half answered: those who kept silent could turn this round.']
			: [])
	].map(unbroken);
}

/** Whether the silent of both paths could put the difference the other way, or make one. */
function isReversible(own: PathSummary, { bounds, difference }: PathSummary): boolean {
	if (!own.bounds || !bounds || !difference || difference.value === null) return false;
	return difference.value < 0 ? own.bounds.high > bounds.low : own.bounds.low < bounds.high;
}

function comparison({ path, difference }: PathSummary): string | null {
	if (!difference || difference.value === null) return null;
	const { value, low, high } = difference;
	if (low === null || high === null) return null;
	const interval = `95 % interval ${formatPoints(low)} to ${formatPoints(high)}`;
	if (low <= 0 && high >= 0)
		return `too close to ${pathWords[path]} to tell apart (${formatPoints(value)} points, ${interval})`;
	const size = formatNumber(Math.abs(value) * 100, 1);
	return `${size} points ${value < 0 ? 'below' : 'above'} ${pathWords[path]} (${interval})`;
}

/** Keeps a number with its sign and its unit on one line. */
function unbroken(sentence: string): string {
	return sentence.replace(/(?<=\d) (?=%|points\b)/g, '\u00a0');
}
