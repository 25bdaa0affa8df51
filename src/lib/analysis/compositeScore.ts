export const components = ['context', 'routing', 'smoothness', 'resolution'] as const;
export type Component = (typeof components)[number];

/** The four components of one handoff, each 0–1 or null where the log does not say. */
export type Components = Record<Component, number | null>;
export type Weights = Record<Component, number>;

export const equalWeights: Weights = { context: 1, routing: 1, smoothness: 1, resolution: 1 };

/**
 * Quality score of one handoff: 100 × weighted mean of the components that are known. Coverage is
 * their weight over all weight. Score null when nothing with weight is known.
 */
export function compositeScore(
	values: Components,
	weights: Weights = equalWeights
): { score: number | null; coverage: number } {
	let sum = 0;
	let known = 0;
	let all = 0;
	for (const component of components) {
		const value = values[component];
		const weight = weights[component];
		all += weight;
		if (value === null) continue;
		known += weight;
		sum += weight * value;
	}
	return { score: known > 0 ? (100 * sum) / known : null, coverage: all > 0 ? known / all : 0 };
}

/**
 * Scores of many handoffs: the mean of those with enough coverage (the figure to show), and the
 * means of the components over all handoffs that know them, whose score differs from it when
 * components are missing for a reason. Null where nothing is known.
 */
export function aggregateScores(
	handoffs: Components[],
	weights: Weights = equalWeights,
	minCoverage = 0.5
): {
	meanOfScores: number | null;
	nScored: number;
	nTotal: number;
	componentMeans: Components;
	scoreOfComponentMeans: number | null;
} {
	const scores = handoffs
		.map((handoff) => compositeScore(handoff, weights))
		.filter(({ coverage }) => coverage >= minCoverage)
		.map(({ score }) => score)
		.filter((score) => score !== null);
	const meansOf = (component: Component) =>
		mean(handoffs.map((handoff) => handoff[component]).filter((value) => value !== null));
	const componentMeans: Components = {
		context: meansOf('context'),
		routing: meansOf('routing'),
		smoothness: meansOf('smoothness'),
		resolution: meansOf('resolution')
	};
	return {
		meanOfScores: mean(scores),
		nScored: scores.length,
		nTotal: handoffs.length,
		componentMeans,
		scoreOfComponentMeans: compositeScore(componentMeans, weights).score
	};
}

/** Wait after the handoff as 0–1: 1 up to the target, falling straight to 0 at the worst. Seconds. */
export function gapValue(wait: number, target = 60, worst = 600): number {
	return clamp((worst - wait) / (worst - target));
}

/**
 * Handle time as 0–1: 1 at the topic's 20th percentile or under, falling to 0 at its 80th on a log
 * scale. All three in the same unit. Where both percentiles are equal, 1 up to them and 0 above.
 */
export function handleTimeValue(handleTime: number, p20: number, p80: number): number {
	if (handleTime <= p20) return 1;
	if (handleTime >= p80 || p20 <= 0) return 0;
	return clamp(Math.log(p80 / handleTime) / Math.log(p80 / p20));
}

function mean(values: number[]): number | null {
	return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
}

function clamp(value: number): number {
	return Math.min(1, Math.max(0, value));
}
