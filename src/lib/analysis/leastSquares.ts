/** Coefficients in the order of the columns, and the inverse of X'WX. */
export type LeastSquares = { coefficients: number[]; inverse: number[][] };

/**
 * Weighted linear regression of y on the columns of a design by the normal equations: for a handful
 * of columns of like size. Rows are observations. Null where the columns say the same thing twice.
 */
export function leastSquares(
	design: readonly (readonly number[])[],
	y: readonly number[],
	weights?: readonly number[]
): LeastSquares | null {
	const columns = design[0]?.length ?? 0;
	const product = crossProduct(design, weights);
	const inverse = inverted(product);
	if (!inverse) return null;
	const sums = Array.from({ length: columns }, (_, column) =>
		design.reduce(
			(sum, row, at) => sum + (row[column] ?? 0) * (y[at] ?? 0) * (weights?.[at] ?? 1),
			0
		)
	);
	return { coefficients: inverse.map((row) => dot(row, sums)), inverse };
}

/** Sum of products of two rows of the same length. */
export function dot(a: readonly number[], b: readonly number[]): number {
	return a.reduce((sum, one, at) => sum + one * (b[at] ?? 0), 0);
}

/** X'WX of a design, with a weight for each row. */
function crossProduct(
	design: readonly (readonly number[])[],
	weights?: readonly number[]
): number[][] {
	const columns = design[0]?.length ?? 0;
	const product = Array.from({ length: columns }, () => new Array<number>(columns).fill(0));
	for (const [at, row] of design.entries()) {
		const weight = weights?.[at] ?? 1;
		for (const [i, own] of product.entries())
			for (let j = 0; j < columns; j++)
				own[j] = (own[j] ?? 0) + weight * (row[i] ?? 0) * (row[j] ?? 0);
	}
	return product;
}

/** Gauss and Jordan with the largest pivot; null where one is no more than rounding. */
function inverted(matrix: readonly (readonly number[])[]): number[][] | null {
	const size = matrix.length;
	const rows = matrix.map((row, i) => [...row, ...matrix.map((_, j) => (i === j ? 1 : 0))]);
	const scales = matrix.map((row, i) => row[i] ?? 0);
	for (let column = 0; column < size; column++) {
		let pivot = column;
		for (let row = column + 1; row < size; row++)
			if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0))
				pivot = row;
		const [lead, here] = [rows[pivot], rows[column]];
		const value = lead?.[column] ?? 0;
		if (!lead || !here || !(Math.abs(value) > 1e-12 * (scales[column] ?? 0))) return null;
		rows[pivot] = here;
		rows[column] = lead.map((one) => one / value);
		for (const [at, row] of rows.entries()) {
			const factor = row[column] ?? 0;
			if (at === column || factor === 0) continue;
			rows[at] = row.map((one, j) => one - factor * (rows[column]?.[j] ?? 0));
		}
	}
	return rows.map((row) => row.slice(size));
}
