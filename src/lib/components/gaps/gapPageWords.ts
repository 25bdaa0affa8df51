/** One gap in sentences. */
import { triggerWords } from '../../charts/words.ts';
import { formatDate, formatInterval, formatNumber, formatValue } from '../../format.ts';
import { kindWords, marginWords } from '../../gapWords.ts';
import { gapKinds, growthWeeks, type Gap, type KindEvidence, type Ranged } from '../../gaps.ts';
import type { GapPage } from '../../gapPage.ts';
import { languageWords } from '../../languageWords.ts';
import type { PhraseJob } from '../../phrases.ts';
import { endWords } from '../../reasons.ts';

const shortKinds = {
	content: 'content',
	system: 'a system',
	rule: 'a rule',
	look: 'none of these'
};

/** The kind of fix, how much of the failures it would close, and what speaks for it. */
export function kindSentence({ kind, evidence, observed, phrase }: Gap): string {
	const { shares, known, judged } = evidence;
	const spoken = `${formatNumber(known)} of ${formatNumber(observed)} failures`;
	if (!shares)
		return `${kindWords.look}: ${known === 0 ? `none of ${formatNumber(observed)} failures` : `only ${spoken}`} ${known <= 1 ? 'says' : 'say'} what the AI lacked${phrase ? ', and of its topic as a whole too few do' : ''}. Review some to learn which fix would close it.`;
	const judging = judgingWords(evidence, observed);
	if (kind !== 'look')
		return `${kindWords[kind]}: it would close about ${shareWords(shares[kind])} of the failures, ${judging}.`;
	const split = gapKinds
		.filter((one) => shares[one].value > 0 && (judged !== null || one !== 'look'))
		.map((one) => `${shortKinds[one]} ${shareWords(shares[one])}`)
		.join(', ');
	return `${kindWords.look}: no kind of fix would surely close more than half of the failures${split && `: ${split}`}, ${judging}.`;
}

/** "98 % (61–98 %)" */
export const shareWords = ({ value, low, high }: Ranged) =>
	`${formatValue(value, 'share')} (${formatInterval(low, high, 'share') ?? ''})`;

/** What is known (reviews, and tools that failed) and how many failures it stands for. */
function judgingWords({ known, lacked, judged }: KindEvidence, observed: number): string {
	const said = lacked.reduce((sum, { n }) => sum + n, 0);
	const tools = known - said;
	const own = [
		...(said > 0 ? [`${formatNumber(said)} where it is said what the AI lacked`] : []),
		...(tools > 0
			? [`${formatNumber(tools)} ${tools === 1 ? 'failed tool' : 'failed tools'}`]
			: [])
	].join(' and ');
	const rest = `${formatNumber(observed - known)} of which nothing is said`;
	const stand = judged?.ofTopic
		? `${formatNumber(judged.n)} reviewed of its whole topic stand for the ${rest}`
		: judged
			? `${formatNumber(judged.n)} reviewed stand for the ${rest}`
			: observed > known
				? `the ${rest} may be of any kind`
				: '';
	return `judging by ${own || 'its topic alone'}${stand && `; ${stand}`}`;
}

/** Seen and expected, and whether that is a gap; what emerges; since when. */
export function excessSentences(gap: Gap, { volume, phrase }: GapPage): string[] {
	const { expected, ratio, low, high, isGap, isThin, emerging, firstSeen, isOlder } = gap;
	const called = isGap
		? 'a gap'
		: gap.isSlight
			? `more than expected, but drawn towards the other topics not surely by ${marginWords}: no gap`
			: 'no gap that stands out';
	const outOf = `${formatNumber(gap.volume)} ${volume}${phrase ? ' of its topic and language' : ''}`;
	if (expected === null) return ['Nothing is known of their volume, so nothing is expected.'];
	const looked = growthWeeks(gap.trend.length);
	const by = gap.grown
		? 'at the share it had before it grew'
		: phrase
			? `at the rates of their channels, by the group’s share of the handoffs with a question${looked > 0 ? `: it has not grown in the last ${formatNumber(looked)} weeks` : ''}`
			: 'at the rate of their channels over all topics';
	const said = [`${formatNumber(expected, 1)} were expected of ${outOf} ${by}.`];
	if (isThin) said.push('Too few to call a gap.');
	else if (ratio !== null && low !== null && high !== null)
		said.push(
			`That is ${formatNumber(ratio, 2)} times as many (${formatNumber(low, 2)} to ${formatNumber(high, 2)}): ${called}.`
		);
	if (emerging)
		said.push(
			`Emerging: ${formatNumber(emerging.observed)} in the last ${emerging.weeks === 1 ? 'week' : `${emerging.weeks} weeks`}, ${formatNumber(emerging.ratio, 1)} times its own rate.`
		);
	if (firstSeen)
		said.push(`First seen ${isOlder ? 'by' : 'in the week of'} ${formatDate(firstSeen)}.`);
	return said;
}

export const outcomeWords = (outcome: string | null): string => {
	if (outcome === null) return 'Not logged';
	const words = endWords[outcome] ?? outcome.replaceAll('_', ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
};

export const triggerName = (trigger: string | null) =>
	trigger === null ? 'No trigger' : triggerWords(trigger);

/** What the job that groups questions does, or why its last run left something; null: nothing to say. */
export function jobWords({ running, topic, language, failure }: PhraseJob): string | null {
	if (running)
		return `Customers’ questions are being grouped, now those of ${topic ?? 'no topic'} (${language === null ? 'no language' : languageWords(language)}). What is not done yet is not in groups.`;
	return (
		failure &&
		`The last grouping of questions left some out. ${sentence(failure)} It is tried again after the next import, when Seam starts, or by “npx seam phrases update”.`
	);
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** "4.1 (3.9–4.3)", of points on 1–5. */
export const ratingWords = ({
	value,
	low,
	high
}: {
	value: number | null;
	low: number | null;
	high: number | null;
}) =>
	value === null
		? null
		: `${formatValue(value, 'csat')}${low === null ? '' : ` (${formatInterval(low, high, 'csat') ?? ''})`}`;
