/** A difference from the others with its standard error, in any unit. */
export type Uncertain = { value: number; se: number };

/** What is to be believed of a difference: mean and standard deviation. */
export type Believed = { mean: number; sd: number };

/**
 * Differences of groups from each other drawn towards none by how uncertain each is: a normal
 * spread of the true differences around 0, its variance by the method of moments (DerSimonian and
 * Laird 1986), and the posterior of each under it. Where chance explains all of the spread, every
 * group is believed to be like the others: mean and sd 0. Standard errors are above 0.
 */
export function shrinkDifferences(differences: readonly Uncertain[]): Believed[] {
	const weights = differences.map(({ se }) => 1 / se ** 2);
	const whole = weights.reduce((sum, weight) => sum + weight, 0);
	const q = differences.reduce((sum, { value, se }) => sum + (value / se) ** 2, 0);
	const spread = whole > 0 ? Math.max(0, (q - differences.length) / whole) : 0;
	return differences.map(({ value, se }) => {
		const share = spread / (spread + se ** 2);
		return { mean: share * value, sd: Math.sqrt(share) * se };
	});
}
