/**
 * Whole numbers nearest to the values that add up to the total, itself a whole number: each value is
 * rounded, and what is then missing or too much goes to those that rounding moved furthest (largest
 * remainders). Zeros stay zero while others can give way. Use it as well to round parts for the eye
 * so that they add up, in units of the last digit shown.
 */
export function apportion(values: readonly number[], total: number): number[] {
	const whole = values.map((value) => Math.round(value) + 0);
	const left = total - sumOf(whole);
	const way = Math.sign(left);
	const order = [...values.entries()]
		.map(([index, value]) => ({ index, moved: way * (value - (whole[index] ?? 0)) }))
		.sort((a, b) => b.moved - a.moved);
	const each = Math.trunc(left / whole.length);
	const first = Math.abs(left - each * whole.length);
	for (const [place, { index }] of order.entries())
		whole[index] = (whole[index] ?? 0) + each + (place < first ? way : 0);
	return whole;
}

/**
 * Rows of whole numbers nearest to the values that add up to the row's total, and as far as these
 * allow to the totals of the columns: where one column is short and another too long, a unit moves
 * between them in the row where that takes least from the values.
 */
export function apportionTable(
	rows: readonly (readonly number[])[],
	rowTotals: readonly number[],
	columnTotals: readonly number[]
): number[][] {
	const table = rows.map((row, index) => apportion(row, rowTotals[index] ?? 0));
	for (;;) {
		const short = columnTotals.map(
			(total, column) => total - sumOf(table.map((row) => row[column] ?? 0))
		);
		const to = short.findIndex((units) => units > 0);
		const from = short.findIndex((units) => units < 0);
		if (to < 0 || from < 0) return table;
		const costs = table.map((row, index) => {
			const off = (column: number) => (row[column] ?? 0) - (rows[index]?.[column] ?? 0);
			return off(to) - off(from);
		});
		const cheapest = table[costs.indexOf(Math.min(...costs))];
		if (!cheapest) return table;
		cheapest[to] = (cheapest[to] ?? 0) + 1;
		cheapest[from] = (cheapest[from] ?? 0) - 1;
	}
}

/** Below this power of two a number can no longer hold 48 digits. */
const smallestPower = -1022;

/** Parts of a change, in rows of one kind each, that add up to it. */
export type ExactParts = { change: number; totals: number[]; parts: number[][] };

/**
 * Rows of parts of a change, made to add up to it exactly. In floating point the sum of parts
 * depends on their order and misses the change by a last digit. So all numbers become whole
 * multiples of one power of two, 2⁻⁴⁸ of the scale or finer: such sums have no rounding, in any order
 * and grouping. The leftover units go where rounding moved most. `scale` is the size of the largest
 * measure behind the parts, in their unit.
 */
export function exactParts(rows: readonly number[][], change: number, scale: number): ExactParts {
	const unit = 2 ** Math.max(smallestPower, Math.ceil(Math.log2(scale > 0 ? scale : 1)) - 48);
	const units = (value: number) => value / unit;
	const changeUnits = Math.round(units(change));
	const totals = apportion(
		rows.map((row) => units(sumOf(row))),
		changeUnits
	);
	const parts = rows.map((row, index) => apportion(row.map(units), totals[index] ?? 0));
	const back = (value: number) => value * unit + 0;
	return {
		change: back(changeUnits),
		totals: totals.map(back),
		parts: parts.map((row) => row.map(back))
	};
}

function sumOf(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0);
}
