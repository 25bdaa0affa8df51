import cumulative from '@stdlib/stats-base-dists-t-cdf';
import type { Rate } from './fixEffect.ts';

/** Whether a topic already drifted away from the others before its fix. */
export type PreTrend = {
	/** Of the log of its rate over theirs, per week. */
	slope: number;
	/** Two-sided, by Student's t. */
	p: number;
};

/**
 * Trend of the log rate of a topic less that of the others over the weeks before a fix, by a straight
 * line; half an event is added to every count. Weeks without exposure are left out. Null with fewer
 * than 3 weeks. A line without any scatter has p 0, or 1 where it is level.
 */
export function preTrend(topic: readonly Rate[], others: readonly Rate[]): PreTrend | null {
	const points = topic.flatMap((own, week) => {
		const other = others[week];
		if (!other || !(own.exposure > 0) || !(other.exposure > 0)) return [];
		return [{ x: week, y: logRate(own) - logRate(other) }];
	});
	const n = points.length;
	if (n < 3) return null;
	const mean = (of: (point: { x: number; y: number }) => number) =>
		points.reduce((sum, point) => sum + of(point), 0) / n;
	const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
	const sxx = mean((point) => (point.x - x) ** 2);
	const slope = mean((point) => (point.x - x) * (point.y - y)) / sxx;
	const rest = mean((point) => (point.y - y - slope * (point.x - x)) ** 2);
	const se = Math.sqrt(rest / (n - 2) / sxx);
	if (!(se > 1e-12)) return { slope, p: Math.abs(slope) > 1e-12 ? 0 : 1 };
	return { slope, p: 2 * cumulative(-Math.abs(slope / se), n - 2) };
}

const logRate = ({ events, exposure }: Rate) => Math.log((events + 0.5) / exposure);
