import digamma from '@stdlib/math-base-special-digamma';
import trigamma from '@stdlib/math-base-special-trigamma';

/** A standard deviation and the degrees of freedom it was estimated with. */
export type Spread = { sigma: number; freedom: number };

/**
 * Standard deviations of many groups, each known from few values, drawn towards what is usual among
 * them (Smyth 2004). Their variances are taken as spread by an inverse χ² around a common one; how
 * tightly is fitted from the log variances, whose spread beyond chance tells it. A group that looks
 * still by chance is then not judged by that stillness. Infinite freedom where the groups differ no
 * more than chance has them differ. In the order given; groups need σ > 0. A single group stays as
 * it is.
 */
export function moderate(spreads: readonly Spread[]): Spread[] {
	if (spreads.length < 2) return [...spreads];
	const logs = spreads.map(
		({ sigma, freedom }) => 2 * Math.log(sigma) - digamma(freedom / 2) + Math.log(freedom / 2)
	);
	const centre = meanOf(logs);
	const seen = logs.reduce((sum, log) => sum + (log - centre) ** 2, 0) / (spreads.length - 1);
	const byChance = meanOf(spreads.map(({ freedom }) => trigamma(freedom / 2)));
	const prior = seen > byChance ? 2 * inverseTrigamma(seen - byChance) : Infinity;
	const common = Number.isFinite(prior)
		? Math.exp(centre + digamma(prior / 2) - Math.log(prior / 2))
		: Math.exp(centre);
	return spreads.map(({ sigma, freedom }) => ({
		sigma: Number.isFinite(prior)
			? Math.sqrt((prior * common + freedom * sigma ** 2) / (prior + freedom))
			: Math.sqrt(common),
		freedom: prior + freedom
	}));
}

function meanOf(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The argument above 0 at which the trigamma function has a value above 0: Newton's method on 1/ψ′. */
function inverseTrigamma(value: number): number {
	if (value > 1e7) return 1 / Math.sqrt(value);
	if (value < 1e-6) return 1 / value;
	// 1/ψ′ is convex and nearly straight, so that Newton's steps cannot overshoot.
	let x = 0.5 + 1 / value;
	for (let turn = 0; turn < 50; turn++) {
		const at = trigamma(x);
		const step = (at * (1 - at / value)) / tetragamma(x);
		x += step;
		if (Math.abs(step / x) < 1e-10) break;
	}
	return x;
}

/** Derivative of the trigamma function: recurrence up to where its series is exact, then the series. */
function tetragamma(x: number): number {
	if (x < 20) return tetragamma(x + 1) - 2 / x ** 3;
	const y = 1 / (x * x);
	return -y * (1 + 1 / x + y * (0.5 - y * (1 / 6 - y * (1 / 6 - 0.3 * y))));
}
