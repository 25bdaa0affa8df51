import { formatNumber } from '../format.ts';
import type { Unit } from '../metrics.ts';

/** How values of a unit stand on an axis: divided by `per`, named by `label`, written by `tick`. */
export type Axis = { per: number; label: string; tick: (value: number) => string };

/** The axis for values of a unit up to a maximum; times choose seconds, minutes or hours by it. */
export function axisOf(unit: Unit, max: number): Axis {
	switch (unit) {
		case 'share':
			return { per: 0.01, label: '%', tick: (value) => `${plain(value)} %` };
		case 's':
			return duration(max);
		case 'score':
			return { per: 1, label: 'of 100', tick: plain };
		case 'csat':
			return { per: 1, label: '1–5', tick: (value) => formatNumber(value, 1) };
		case 'count':
		case 'fraction':
			return { per: 1, label: '', tick: plain };
	}
}

function duration(max: number): Axis {
	if (max <= 180) return { per: 1, label: 'seconds', tick: (value) => `${plain(value)} s` };
	if (max <= 3 * 3600)
		return { per: 60, label: 'minutes', tick: (value) => `${plain(value)} min` };
	return { per: 3600, label: 'hours', tick: (value) => `${plain(value)} h` };
}

function plain(value: number): string {
	return Number.isInteger(value) ? formatNumber(value) : String(Number(value.toFixed(2)));
}

/**
 * Bounds of a value axis: from zero when the values come near it or are counts, else just around
 * the values; never of no length.
 */
export function bounds(values: number[], unit: Unit): [number, number] {
	const low = Math.min(...values);
	const high = Math.max(...values);
	if (values.length === 0 || !Number.isFinite(low)) return [0, unit === 'share' ? 100 : 1];
	if (unit === 'count' || unit === 's' || low < high / 2) return [0, high > 0 ? high * 1.05 : 1];
	const room = Math.max((high - low) * 0.1, Math.abs(high) * 0.02);
	return [low - room, high + room];
}

/** A scale for waits in seconds. */
export type WaitScale = {
	type: 'linear' | 'log';
	/** seconds to a unit of the axis */
	per: number;
	label: string;
	domain: [number, number];
	ticks: number[] | number;
	tick: (value: number) => string;
};

const round = [1, 3, 10, 30, 60, 180, 600, 1800, 3600, 10_800, 43_200, 86_400, 259_200, 864_000];

/**
 * The scale for waits that lie together: linear from zero, or logarithmic where the longest is
 * thirty times the shortest and more, since minutes would vanish beside hours.
 */
export function waitScale(seconds: number[]): WaitScale {
	const known = seconds.filter((value) => value > 0);
	const max = Math.max(1, ...known);
	const min = Math.min(max, ...known);
	if (max < 30 * min) {
		const { per, label } = axisOf('s', max);
		return { type: 'linear', per, label, domain: [0, max / per], ticks: 5, tick: plain };
	}
	const low = round.findLast((value) => value <= min) ?? min;
	const isCut = seconds.some((value) => value < low);
	const high = round.find((value) => value >= max) ?? max;
	return {
		type: 'log',
		per: 1,
		label: 'log scale',
		domain: [low, high],
		ticks: round.filter((value) => value >= low && value <= high),
		// Zero has no place on it: shorter waits lie on its edge.
		tick: (value) => (isCut && value === low ? `≤ ${clock(value)}` : clock(value))
	};
}

/** A round time in its largest unit: "3 min". */
function clock(seconds: number): string {
	if (seconds < 60) return `${plain(seconds)} s`;
	if (seconds < 3600) return `${plain(seconds / 60)} min`;
	return seconds < 86_400 ? `${plain(seconds / 3600)} h` : `${plain(seconds / 86_400)} d`;
}
