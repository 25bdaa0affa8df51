/**
 * Measures verdicts on fixes: npx tsx bench/fixes.ts [rounds] (400). Draws a topic of 20 failures a
 * week among eleven others, fixed in the middle, with 8 weeks on either side, and prints how many of
 * 100 fixes are called verified, by the true ratio of failures after to before, by how volume drifts,
 * by how much weeks scatter, and by whether another topic, the largest, rises to 2.5 times its
 * failures or falls to half of them when the fix is made; and how often the interval of failures
 * averted holds the true number. Then the same of a topic of 60 a week, and how often the interval
 * of a sum of several fixes of one week, held against the same topics, holds the truth.
 */
import { fixVerification } from '../src/lib/analysis/fixVerification.ts';
import { avertedCorrelation, type AvertedFrom } from '../src/lib/analysis/avertedCorrelation.ts';
import { moverSum, type Bounded } from '../src/lib/analysis/mover.ts';
import { steadyControls } from '../src/lib/analysis/steadyControls.ts';
import { chance } from './chance.ts';

const rounds = Number(process.argv[2] ?? 400);
if (!(Number.isInteger(rounds) && rounds > 0)) {
	console.error(`${process.argv[2]} is not a number of rounds, such as 400.`);
	process.exit(2);
}

const small = [20, 60, 45, 35, 30, 25, 18, 14, 10, 8, 5, 3];
const large = [60, 45, 20, 35, 30, 25, 18, 14, 10, 8, 5, 3];
const failureRate = 0.15;
const side = 8;

/** Shares verified and held, of fixes whose true ratio is given. */
function verdicts(ratio: number, other: number, growth: number, dispersion: number, rates = small) {
	const effects = [ratio, other];
	const draw = chance(0.37);
	let [verified, held, known] = [0, 0, 0];
	for (let round = 0; round < rounds; round++) {
		const exposure = rates.map((rate) =>
			Array.from({ length: 2 * side + 1 }, (_, week) =>
				Math.round((rate / failureRate) * growth ** week)
			)
		);
		const counts = exposure.map((row, topic) =>
			row.map((out, week) =>
				draw(out * failureRate * (week > side ? (effects[topic] ?? 1) : 1), dispersion)
			)
		);
		const weeks = { counts, exposure, fixed: 0, firstAfter: side + 1, leftOut: 1 };
		const controls = steadyControls(weeks).steady;
		const { verdict, effect } = fixVerification({ ...weeks, controls });
		if (verdict === 'verified') verified++;
		const averted = effect?.averted;
		if (!averted) continue;
		const truth = (exposure[0] ?? [])
			.slice(side + 1)
			.reduce((sum, out) => sum + out * failureRate * (1 - ratio), 0);
		known++;
		if (averted.low <= truth && truth <= averted.high) held++;
	}
	return { verified: (100 * verified) / rounds, held: (100 * held) / known };
}

console.log('verified of 100 · interval of averted failures holds the truth, of 100');
for (const ratio of [1, 0.7, 0.5])
	for (const other of [1, 2.5, 0.5])
		for (const growth of [1, 1.03])
			for (const dispersion of [1, 1.5, 2.5]) {
				const { verified, held } = verdicts(ratio, other, growth, dispersion);
				console.log(
					`ratio ${ratio.toFixed(1)}  other topic × ${other.toFixed(1)}  volume ${growth === 1 ? 'steady   ' : '+3 % a week'}  scatter ${dispersion.toFixed(1)}  ${verified.toFixed(1).padStart(5)}  ${held.toFixed(1).padStart(5)}`
				);
			}

console.log('the same of a topic of 60 a week, steady volume');
for (const ratio of [1, 0.7, 0.5])
	for (const dispersion of [1, 1.5, 2.5]) {
		const { verified, held } = verdicts(ratio, 1, 1, dispersion, large);
		console.log(
			`ratio ${ratio.toFixed(1)}  scatter ${dispersion.toFixed(1)}  ${verified.toFixed(1).padStart(5)}  ${held.toFixed(1).padStart(5)}`
		);
	}

/** Share of rounds in which the interval of a sum of fixes holds the truth; as if apart, and together. */
function sums(fixed: number, dispersion: number) {
	const draw = chance(0.53);
	const [ratio, weeks] = [0.7, 2 * side];
	let [apart, together] = [0, 0];
	for (let round = 0; round < rounds; round++) {
		const counts = small.map((rate, topic) =>
			Array.from({ length: weeks }, (_, week) =>
				draw(rate * (topic < fixed && week >= side ? ratio : 1), dispersion)
			)
		);
		const controls = [...small.keys()].slice(fixed);
		const named = (row: number) => ({ key: String(row), counts: counts[row] ?? [] });
		const parts: Bounded[] = [];
		const from: AvertedFrom[] = [];
		for (let row = 0; row < fixed; row++) {
			const rows = [row, ...controls].map((one) => counts[one] ?? []);
			const exposure = rows.map((one) => one.map(() => 1000));
			const { effect } = fixVerification({
				...{ counts: rows, exposure, fixed: 0, firstAfter: side }
			});
			if (!effect) continue;
			parts.push(effect.averted);
			from.push({
				...{ own: named(row), others: controls.map(named) },
				...{ before: { from: 0, to: side }, after: { from: side, to: weeks } },
				expectedWithout: effect.averted.expectedWithout
			});
		}
		const truth = small
			.slice(0, fixed)
			.reduce((all, rate) => all + rate * side * (1 - ratio), 0);
		const holds = ({ low, high }: Bounded) => (low <= truth && truth <= high ? 1 : 0);
		apart += holds(moverSum(parts));
		together += holds(
			moverSum(parts, (a, b) => {
				const [one, other] = [from[a], from[b]];
				return one && other ? avertedCorrelation(one, other) : 0;
			})
		);
	}
	return { apart: (100 * apart) / rounds, together: (100 * together) / rounds };
}

console.log(
	'interval of the sum of fixes of one week holds the truth, of 100: as if apart · together'
);
for (const fixed of [2, 4, 6])
	for (const dispersion of [1, 2.5]) {
		const { apart, together } = sums(fixed, dispersion);
		console.log(
			`${fixed} fixes  scatter ${dispersion.toFixed(1)}  ${apart.toFixed(1).padStart(5)}  ${together.toFixed(1).padStart(5)}`
		);
	}
