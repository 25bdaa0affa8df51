/** One decision: `propensity` is the logged chance, above 0, of the path that was taken. */
export type Decision = {
	confidence: number;
	isHanded: boolean;
	propensity: number;
	/** what came of it, such as resolved 1 and not resolved 0 */
	reward: number;
};

/**
 * Mean reward had the AI handed over below a threshold, where the log handed over by chance now and
 * then and says with what chance: the decisions that agree with the threshold, each counting by 1 /
 * propensity. `ips` (Horvitz and Thompson 1952) divides by all decisions and is without bias,
 * `snips` (Swaminathan and Joachims 2015) by the weights and varies less; both null where it cannot
 * be said. `ess` is how many decisions of equal weight would be known as well (Kish 1965).
 */
export function offPolicy(
	decisions: readonly Decision[],
	threshold: number
): { ips: number | null; snips: number | null; ess: number; matched: number } {
	const matched = decisions.filter(
		({ confidence, isHanded }) => confidence < threshold === isHanded
	);
	const weights = matched.map(({ propensity }) => 1 / propensity);
	const whole = weights.reduce((sum, weight) => sum + weight, 0);
	const squares = weights.reduce((sum, weight) => sum + weight * weight, 0);
	const rewards = matched.reduce((sum, { reward, propensity }) => sum + reward / propensity, 0);
	return {
		ips: decisions.length > 0 ? rewards / decisions.length : null,
		snips: whole > 0 ? rewards / whole : null,
		ess: squares > 0 ? (whole * whole) / squares : 0,
		matched: matched.length
	};
}
