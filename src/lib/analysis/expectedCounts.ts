/** Events among the conversations of one topic in one stratum, such as a channel. */
export type StratumCount = {
	topic: string;
	stratum: string;
	population: number;
	events: number;
};

/** What one topic would have if each of its strata had the rate of all topics together. */
export type ExpectedCount = {
	topic: string;
	population: number;
	observed: number;
	/** At the rates of all topics; null without conversations. */
	expected: number | null;
	/** At the rates of the other topics; null also where a stratum of it has no others. */
	expectedOfOthers: number | null;
};

/**
 * Indirect standardisation: expected events of each topic, Σ over its strata of conversations times
 * the rate of the stratum over all topics (Breslow and Day 1987, section 2.3). Rows of the same
 * topic and stratum add up; topics come in the order of their first row.
 */
export function expectedCounts(rows: readonly StratumCount[]): ExpectedCount[] {
	const strata = new Map<string, Sum>();
	const topics = new Map<string, Map<string, Sum>>();
	for (const row of rows) {
		const own = topics.get(row.topic) ?? new Map<string, Sum>();
		topics.set(row.topic, own);
		add(strata, row);
		add(own, row);
	}
	return [...topics].map(([topic, own]) => {
		const cells = [...own].filter(([, { population }]) => population > 0);
		const sum = (of: (cell: Sum, all: Sum) => number) =>
			cells.reduce((total, [name, cell]) => total + of(cell, strata.get(name) ?? cell), 0);
		const ofOthers = sum(
			({ population, events }, all) =>
				(population * (all.events - events)) / (all.population - population)
		);
		const isAlone = cells.some(
			([name, cell]) => strata.get(name)?.population === cell.population
		);
		return {
			topic,
			population: sum(({ population }) => population),
			observed: [...own.values()].reduce((total, { events }) => total + events, 0),
			expected:
				cells.length > 0
					? sum(({ population }, all) => (population * all.events) / all.population)
					: null,
			expectedOfOthers: cells.length > 0 && !isAlone ? ofOthers : null
		};
	});
}

type Sum = { population: number; events: number };

function add(sums: Map<string, Sum>, { stratum, population, events }: StratumCount): void {
	const sum = sums.get(stratum) ?? { population: 0, events: 0 };
	sums.set(stratum, { population: sum.population + population, events: sum.events + events });
}
