/**
 * One metric for one group. `value` null: not computable. `low`/`high` null: no interval (95 %
 * where there is one). `n`: rows that carry the fields. `coverage`: n over the rows that could
 * have carried them (0–1, null when there are none).
 */
export type Estimate = {
	value: number | null;
	n: number;
	low: number | null;
	high: number | null;
	coverage: number | null;
};
