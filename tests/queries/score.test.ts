import { structValue } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
	equalWeights,
	type Components,
	type Weights
} from '../../src/lib/analysis/compositeScore.ts';
import { withConnection } from '../../src/lib/server/store/engine.ts';
import {
	estimateOf,
	measure,
	metricParameters,
	metricRow
} from '../../src/lib/server/measure/measure.ts';
import { query } from '../../src/lib/server/store/query.ts';
import { distance, reference } from '../analysis/reference.ts';
import { ever, TestStore } from '../server/store.ts';

const file = reference('composite_score');

type Cells = Record<string, string | number>;
type Single = { components: Components; weights: Weights };
type Aggregate = { handoffs: Components[] };
type AggregateExpected = {
	mean_of_scores: number;
	n_scored: number;
	n_total: number;
	component_means: Components;
};
type Gaps = { gaps: number[] };
type Handles = { p20: number; p80: number; minutes: number[] };

const quick = 4 * 60;
const slow = 20 * 60;
const required = ['transcript', 'summary', 'identity', 'records', 'reason'];
const topic = 'Paced';

let made = 0;
/** A handoff of a team; a team is a case of the file, or a handoff of one. */
const handoff = (team: string, cells: Cells): Cells => ({
	conversation_id: `c${++made}`,
	handed_off_at: '2026-06-01T12:00:00Z',
	team,
	...cells
});

/** What a log says when the components of a handoff are these. */
function cellsOf({ context, routing, smoothness, resolution }: Components): Cells {
	const cells: Cells = {};
	if (context !== null)
		cells['context'] = required.slice(0, Math.round(context * 5)).join('|') || 'none';
	if (routing !== null) cells['transfers'] = routing === 1 ? 0 : routing === 0.5 ? 1 : 2;
	if (smoothness !== null) cells['announced'] = smoothness === 1 ? 'true' : 'false';
	if (resolution === 0) cells['outcome'] = 'unresolved';
	else if (resolution !== null) {
		cells['outcome'] = 'resolved';
		cells['topic'] = topic;
		cells['handle_s'] = slow / (slow / quick) ** resolution;
	}
	return cells;
}

const scoredRow = z.strictObject({
	context: z.number().nullable(),
	routing: z.number().nullable(),
	smoothness: z.number().nullable(),
	resolution: z.number().nullable(),
	coverage: z.number(),
	score: z.number().nullable()
});

/** What the queries say of the handoffs of a team. */
async function scored(team: string, weights: Weights = equalWeights) {
	const { values, types = {} } = await metricParameters({ ...ever, team: [team] }, []);
	const { filter, by, weights: type } = types;
	if (!filter || !by || !type) throw new Error('the parameters have no types');
	const found = await withConnection((connection) =>
		connection.runAndReadAll(
			`select context_completeness as context, routing_accuracy as routing,
				transition_smoothness as smoothness, resolution_efficiency as resolution,
				score_coverage as coverage, score
			from scored_handoffs($filter, $by, $weights)`,
			{
				filter: values['filter'] ?? null,
				by: values['by'] ?? null,
				weights: structValue(weights)
			},
			{ filter, by, weights: type }
		)
	);
	const [row] = z.array(scoredRow).parse(found.getRowObjectsJS());
	if (!row) throw new Error(`no handoff of ${team}`);
	return row;
}

const expectNear = (found: (number | null)[], expected: (number | null)[]) =>
	expect(distance(found, expected)).toBeLessThan(1e-9);

/** So many handle times of both kinds that the paces of the topic are theirs, whatever is added. */
const pacers = [quick, slow].flatMap((handle_s) =>
	Array.from({ length: 50 }, () => handoff('pacers', { topic, handle_s }))
);

let store: TestStore;
beforeAll(async () => {
	store = await TestStore.open();
	const singles = file.cases.filter(({ inputs }) => 'components' in (inputs as object));
	const aggregate = file.present
		? file.case<Aggregate, unknown>('aggregate').inputs.handoffs
		: [];
	await store.importRows('handoffs', [
		...pacers,
		...singles.map(({ id, inputs }) => handoff(id, cellsOf((inputs as Single).components))),
		...aggregate.map((components) => handoff('aggregate', cellsOf(components))),
		...[0, 60, 330, 600, 1200].map((gap) => handoff(`gap ${gap}`, { wait_after_s: gap })),
		...[2, 4, 8.94427190999916, 20, 60].map((minutes) =>
			handoff(`handle ${minutes}`, { topic, outcome: 'resolved', handle_s: minutes * 60 })
		),
		handoff('half', { context: 'summary', outcome: 'unresolved' }),
		handoff('less than half', { context: 'summary' }),
		handoff('half', { transfers: 0, announced: 'true' })
	]);
});
afterAll(() => store.close());

describe.skipIf(!file.present)('scores in SQL (needs ../shared/reference)', () => {
	const singles = file.cases.filter(({ inputs }) => 'components' in (inputs as object));

	it.each(singles)('reference case $id', async ({ id }) => {
		const { inputs, expected } = file.case<Single, { score: number | null; coverage: number }>(
			id
		);
		const row = await scored(id, inputs.weights);
		const { context, routing, smoothness, resolution } = inputs.components;
		expectNear(
			[row.context, row.routing, row.smoothness, row.resolution],
			[context, routing, smoothness, resolution]
		);
		expectNear([row.score, row.coverage], [expected.score, expected.coverage]);
	});

	it('reference case aggregate: the mean of the scores of which half is known', async () => {
		const { expected } = file.case<Aggregate, AggregateExpected>('aggregate');
		const [row] = await measure({ ...ever, team: ['aggregate'] }, [
			'quality_score',
			'context_completeness',
			'routing_accuracy',
			'transition_smoothness',
			'resolution_efficiency'
		]);
		const { values } = row ?? {};
		expectNear([values?.quality_score.value ?? null], [expected.mean_of_scores]);
		expect(values?.quality_score.n).toBe(expected.n_scored);
		expect(values?.quality_score.coverage).toBe(expected.n_scored / expected.n_total);
		const { context, routing, smoothness, resolution } = expected.component_means;
		expectNear(
			[
				values?.context_completeness.value ?? null,
				values?.routing_accuracy.value ?? null,
				values?.transition_smoothness.value ?? null,
				values?.resolution_efficiency.value ?? null
			],
			[context, routing, smoothness, resolution]
		);
	});

	it('reference case normalisation: gap', async () => {
		const { inputs, expected } = file.case<Gaps, number[]>('normalisation: gap');
		const found = [];
		for (const gap of inputs.gaps) found.push((await scored(`gap ${gap}`)).smoothness);
		expectNear(found, expected);
	});

	it('reference case normalisation: handle time', async () => {
		const { inputs, expected } = file.case<Handles, number[]>(
			'normalisation: handle time (log, topic p20/p80)'
		);
		expect([inputs.p20 * 60, inputs.p80 * 60]).toEqual([quick, slow]);
		const found = [];
		for (const minutes of inputs.minutes)
			found.push((await scored(`handle ${minutes}`)).resolution);
		expectNear(found, expected);
	});
});

describe('the quality score', () => {
	it('counts a handoff of which half the weight is known, and none of which less is', async () => {
		const rows = await measure(ever, ['quality_score'], ['team']);
		const of = (team: string) => rows.find(({ by }) => by.team === team)?.values.quality_score;
		expect(of('half')).toMatchObject({ value: 55, n: 2, coverage: 1 });
		expect(of('less than half')).toMatchObject({ value: null, n: 0, coverage: 0 });
	});

	it('follows the weights it is given', async () => {
		const { values, types } = await metricParameters({ ...ever, team: ['half'] }, []);
		const weights = { context: 3, routing: 1, smoothness: 0, resolution: 1 };
		const [row] = await query('metrics/quality_score', metricRow, {
			values: { ...values, weights: structValue(weights) },
			types
		});
		// The first knows 4 of 5 and scores 15; the second 1 of 5, which is too little.
		expect(row && estimateOf(row, 7)).toMatchObject({ n: 1, coverage: 0.5 });
		expectNear([(row && estimateOf(row, 7).value) ?? null], [15]);
	});
});
