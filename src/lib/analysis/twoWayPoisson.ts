/** Counts of topics (rows) in weeks (columns), and what each is out of. */
export type CountTable = {
	counts: readonly (readonly number[])[];
	/** Such as conversations, or failures expected; a cell of 0 is left out. */
	exposure: readonly (readonly number[])[];
};

/** Cells of one topic from one week on that may have a rate of their own. */
export type Step = { row: number; from: number };

export type TwoWayFit = {
	/** Counts that the model gives each cell. */
	fitted: number[][];
	/** Pearson's χ² over its degrees of freedom: near 1 where counts scatter as chance has them. */
	dispersion: number;
	pearson: number;
	freedom: number;
	/** Of the step, on the log scale; null where none was asked for or it has no finite answer. */
	step: { logRatio: number; se: number; seQuasi: number; seCluster: number } | null;
};

/** Steps of the iteration end where nothing moves by more than this share. */
const arrived = 1e-13;
const most = 10_000;

/**
 * Poisson regression of counts on topic and week, log link, exposure as offset: each topic keeps its
 * own rate, each week its own level. With a `step`, one topic has another rate from a week on. Fitted
 * by iterative proportional scaling (Deming and Stephan 1940), which meets the likelihood equations.
 * Standard errors of the step: Poisson, quasi-Poisson (McCullagh and Nelder 1989), and sandwich by
 * topic (Liang and Zeger 1986, with Stata's small-sample factor). Null without degrees of freedom.
 */
export function twoWayPoisson({ counts, exposure }: CountTable, step?: Step): TwoWayFit | null {
	const cells = counts.flatMap((row, at) =>
		row.flatMap((count, week): Cell[] => {
			const out = exposure[at]?.[week] ?? 0;
			const isStep = step !== undefined && at === step.row && week >= step.from;
			return out > 0 ? [{ row: at, week, count, fitted: out, isStep }] : [];
		})
	);
	const isStepped = hasStep(cells, step);
	const groups = [
		...by(cells, ({ row }) => row),
		...by(cells, ({ week }) => week),
		...(isStepped ? [cells.filter(({ isStep }) => isStep)] : [])
	].map((own) => ({ own, count: total(own, ({ count }) => count) }));
	let logRatio = 0;
	for (let round = 0, moved = Infinity; round < most && moved > arrived; round++) {
		moved = 0;
		for (const [index, { own, count }] of groups.entries()) {
			const fitted = total(own, (cell) => cell.fitted);
			if (!(fitted > 0)) continue;
			const factor = count / fitted;
			for (const cell of own) cell.fitted *= factor;
			moved = Math.max(moved, Math.abs(factor - 1));
			if (isStepped && index === groups.length - 1) logRatio += Math.log(factor);
		}
	}
	const live = cells.filter(({ fitted }) => fitted > 0);
	const freedom =
		live.length -
		by(live, ({ row }) => row).length -
		by(live, ({ week }) => week).length +
		1 -
		(isStepped ? 1 : 0);
	if (live.length === 0 || !(freedom > 0)) return null;
	const pearson = total(live, ({ count, fitted }) => (count - fitted) ** 2 / fitted);
	const table = counts.map((row) => row.map(() => 0));
	for (const { row, week, fitted } of cells) {
		const own = table[row];
		if (own) own[week] = fitted;
	}
	const dispersion = pearson / freedom;
	return {
		fitted: table,
		dispersion,
		pearson,
		freedom,
		step: isStepped ? { logRatio, ...errorsOf(live, dispersion, freedom) } : null
	};
}

/**
 * Variance of weekly counts over their mean, beyond what topic, week and exposure explain; 1 where
 * the table is too small to tell.
 */
export function dispersionOf(table: CountTable): number {
	return twoWayPoisson(table)?.dispersion ?? 1;
}

type Cell = { row: number; week: number; count: number; fitted: number; isStep: boolean };

/** Whether the step has a finite answer: events of the topic and of others, before it and after. */
function hasStep(cells: readonly Cell[], step?: Step): step is Step {
	if (!step) return false;
	return [true, false].every((isAfter) =>
		[true, false].every((isOwn) =>
			cells.some(
				({ row, week, count }) =>
					count > 0 && week >= step.from === isAfter && (row === step.row) === isOwn
			)
		)
	);
}

/**
 * Errors of the step: what topics and weeks leave of its indicator, weighted by the fit, holds all
 * that is known of it (Frisch and Waugh 1933).
 */
function errorsOf(
	cells: readonly Cell[],
	dispersion: number,
	freedom: number
): Record<'se' | 'seQuasi' | 'seCluster', number> {
	const left = cells.map((cell) => ({ ...cell, rest: cell.isStep ? 1 : 0 }));
	const rows = by(left, ({ row }) => row);
	const groups = [...rows, ...by(left, ({ week }) => week)];
	for (let round = 0, moved = Infinity; round < most && moved > arrived; round++) {
		moved = 0;
		for (const own of groups) {
			const mean =
				total(own, ({ rest, fitted }) => rest * fitted) /
				total(own, ({ fitted }) => fitted);
			for (const cell of own) cell.rest -= mean;
			moved = Math.max(moved, Math.abs(mean));
		}
	}
	const information = total(left, ({ rest, fitted }) => rest * rest * fitted);
	const se = 1 / Math.sqrt(information);
	const scores = rows.map((own) =>
		total(own, ({ rest, count, fitted }) => rest * (count - fitted))
	);
	const small = (rows.length / (rows.length - 1)) * ((cells.length - 1) / freedom);
	return {
		se,
		seQuasi: se * Math.sqrt(dispersion),
		seCluster: Math.sqrt(total(scores, (score) => score * score) * small) / information
	};
}

function by<Row>(rows: readonly Row[], key: (row: Row) => number): Row[][] {
	const groups = new Map<number, Row[]>();
	for (const row of rows) {
		const own = groups.get(key(row));
		if (own) own.push(row);
		else groups.set(key(row), [row]);
	}
	return [...groups.values()];
}

function total<Row>(rows: readonly Row[], of: (row: Row) => number): number {
	return rows.reduce((sum, row) => sum + of(row), 0);
}
