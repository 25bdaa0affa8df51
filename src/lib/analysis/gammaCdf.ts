import gammaln from '@stdlib/math-base-special-gammaln';

/** Terms are added until they change nothing; a shape of a million takes some thousands. */
const most = 1e6;

const tiny = 1e-300;

/**
 * Chance that a gamma value of a shape and rate is at most x: the regularised incomplete gamma
 * function, as a series below the mean and as a continued fraction above it (DLMF 8.7.1, 8.9.2).
 * The library's is off by up to 0.01 around the mean of shapes from some thousands on.
 */
export function gammaCdf(x: number, shape: number, rate: number): number {
	const at = x * rate;
	if (Number.isNaN(at) || !(shape > 0)) return NaN;
	if (at <= 0) return 0;
	if (at === Infinity) return 1;
	const scale = Math.exp(shape * Math.log(at) - at - gammaln(shape));
	return at < shape + 1 ? scale * series(at, shape) : 1 - scale * fraction(at, shape);
}

function series(x: number, shape: number): number {
	let term = 1 / shape;
	let sum = term;
	for (let n = 1; n < most && term > sum * Number.EPSILON; n++) {
		term *= x / (shape + n);
		sum += term;
	}
	return sum;
}

/** By the method of Lentz as modified by Thompson and Barnett (1986). */
function fraction(x: number, shape: number): number {
	let b = x + 1 - shape;
	let c = 1 / tiny;
	let d = 1 / b;
	let value = d;
	for (let n = 1; n < most; n++) {
		const a = n * (shape - n);
		b += 2;
		d = 1 / (a * d + b || tiny);
		c = b + a / c || tiny;
		const factor = c * d;
		value *= factor;
		if (Math.abs(factor - 1) < Number.EPSILON) break;
	}
	return value;
}
