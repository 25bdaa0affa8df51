import quantile from '@stdlib/stats-base-dists-normal-quantile';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import { midranks } from './midranks.ts';

/** How far two orders agree: 1 the same, 0 unrelated, −1 reversed. */
export type Spearman = {
	rho: number;
	/** Two-sided, by Student's t; null with fewer than three pairs. */
	p: number | null;
	/** Ends of the 95 % interval; null with fewer than four pairs and where the orders are the same or reversed. */
	low: number | null;
	high: number | null;
	n: number;
};

/**
 * Rank correlation of paired values (Spearman 1904), ties by midranks. Interval on Fisher's scale
 * with the error of Bonett and Wright (2000). Null with fewer than two pairs, and where either side
 * is all one value.
 */
export function spearman(x: number[], y: number[]): Spearman | null {
	const n = x.length;
	const ranksX = midranks(x);
	const ranksY = midranks(y);
	const centre = (n + 1) / 2;
	let together = 0;
	let squaresX = 0;
	let squaresY = 0;
	for (const [index, rankX] of ranksX.entries()) {
		const ofX = rankX - centre;
		const ofY = (ranksY[index] ?? centre) - centre;
		together += ofX * ofY;
		squaresX += ofX * ofX;
		squaresY += ofY * ofY;
	}
	if (squaresX === 0 || squaresY === 0) return null;
	const rho = Math.min(1, Math.max(-1, together / Math.sqrt(squaresX * squaresY)));
	const t = Math.abs(rho) * Math.sqrt((n - 2) / (1 - rho * rho));
	const p = n > 2 ? 2 * tCdf(-t, n - 2) : null;
	if (n < 4 || Math.abs(rho) === 1) return { rho, p, low: null, high: null, n };
	const half = quantile(0.975, 0, 1) * Math.sqrt((1 + (rho * rho) / 2) / (n - 3));
	const onScale = Math.atanh(rho);
	return { rho, p, low: Math.tanh(onScale - half), high: Math.tanh(onScale + half), n };
}
