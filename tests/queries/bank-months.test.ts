/**
 * The five months of the bank, by two routes that meet only in their numbers.
 *
 * In common: the raw files, the definitions of docs/metrics.md, and that a line with a negative
 * vru_time is no handoff (200 of 175,333 lines; Seam puts them in quarantine, the plain route
 * leaves them out).
 *
 * Apart: Seam reads with DuckDB, turns the clock into UTC and back, keys and merges the calls and
 * measures in SQL. The plain route splits lines at tabs, takes the month from the name of the file,
 * and counts, sorts and adds up in TypeScript, without anything of tests/second.
 *
 * handle_s is the service that was logged: the 0 s of 581 AGENT calls, and what 2,152 HANG and
 * PHANTOM lines carry. The printed study counts served calls above 0 s and of at most one hour.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../src/lib/server/store/engine.ts';
import { runImport } from '../../src/lib/server/store/importRequest.ts';
import { measure } from '../../src/lib/server/measure/measure.ts';
import { bankFile, hasBank } from '../second/bank.ts';
import { ever, TestStore } from '../server/store.ts';

type Call = { group: string; outcome: string; unit: number; queue: number; service: number };

const months = [1, 2, 3, 4, 5];
const monthDay = (month: number) => `1999-0${month}-01`;

/** Every line of a month's file. */
function callsOf(month: number): Call[] {
	const [header = '', ...lines] = readFileSync(bankFile(month), 'latin1').split(/\r?\n/);
	const names = header.split('\t');
	return lines
		.filter((line) => line !== '')
		.map((line) => {
			const cells = line.split('\t');
			const cell = (name: string) => (cells[names.indexOf(name)] ?? '').trim();
			return {
				group: `${monthDay(month)} ${cell('type')}`,
				outcome: cell('outcome'),
				unit: Number(cell('vru_time')),
				queue: Number(cell('q_time')),
				service: Number(cell('ser_time'))
			};
		});
}

const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard deviation of a sample. */
function sdOf(values: number[]): number {
	const mean = meanOf(values);
	const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	return Math.sqrt(squares / (values.length - 1));
}

/** Quantile in steps of a tenth, linear between neighbours; whole numbers, so that none is rounded. */
function tenthOf(values: number[], tenths: number): number | null {
	const sorted = [...values].sort((a, b) => a - b);
	const steps = (sorted.length - 1) * tenths;
	const below = sorted[Math.floor(steps / 10)];
	if (below === undefined) return null;
	const above = sorted[Math.floor(steps / 10) + 1] ?? below;
	return below + ((above - below) * (steps % 10)) / 10;
}

/** What the plain route finds in a group of calls; null where there is nothing to say. */
function plain(calls: Call[]) {
	const served = calls.filter(({ outcome }) => outcome === 'AGENT');
	const waits = served.map(({ queue }) => queue);
	const works = calls
		.filter(({ outcome, service }) => outcome === 'AGENT' || service > 0)
		.map(({ service }) => service);
	const shareOf = (wanted: string) =>
		calls.filter(({ outcome }) => outcome === wanted).length / calls.length;
	return {
		handoffs: calls.length,
		abandonment_rate: shareOf('HANG'),
		not_connected_rate: shareOf('PHANTOM'),
		wait_after_p50: tenthOf(waits, 5),
		wait_after_p90: tenthOf(waits, 9),
		wait_after_n: waits.length,
		handle_mean: works.length > 0 ? meanOf(works) : null,
		handle_p50: tenthOf(works, 5),
		handle_n: works.length
	};
}
type Findings = ReturnType<typeof plain>;

const ids = [
	'handoffs',
	'abandonment_rate',
	'not_connected_rate',
	'wait_after_p50',
	'wait_after_p90',
	'handle_mean',
	'handle_p50'
] as const;

describe.skipIf(!hasBank)('over five months of the bank (needs ../shared/data)', () => {
	let store: TestStore;
	let lines: Call[];
	let calls: Call[];
	let groups: Map<string, Findings>;

	beforeAll(async () => {
		store = await TestStore.open();
		await runImport({ paths: months.map((month) => fileURLToPath(bankFile(month))) });
		lines = months.flatMap(callsOf);
		calls = lines.filter(({ unit }) => unit >= 0);
		groups = new Map(
			[...new Set(calls.map(({ group }) => group))]
				.sort()
				.map((key) => [key, plain(calls.filter(({ group }) => group === key))])
		);
	}, 180_000);

	afterAll(() => store.close());

	it('hang-ups, waits and service times by month and type are those of the raw files', async () => {
		const rows = await measure(ever, ids, ['month', 'topic']);
		const found = new Map(
			rows.map(({ by, values }) => [
				`${by.month} ${by.topic}`,
				{
					...Object.fromEntries(ids.map((id) => [id, values[id].value])),
					wait_after_n: values.wait_after_p50.n,
					handle_n: values.handle_mean.n
				} as Findings
			])
		);
		expect([...found.keys()].sort()).toEqual([...groups.keys()]);
		// Six types in each month, and the one that no document knows.
		expect(found.size).toBeGreaterThanOrEqual(30);
		for (const [key, expected] of groups)
			for (const [name, value] of Object.entries(expected)) {
				const other = found.get(key)?.[name as keyof Findings];
				const said = `${name} of ${key}`;
				if (value === null) expect(other, said).toBeNull();
				else expect(Math.abs((other ?? NaN) - value), said).toBeLessThan(1e-9);
			}
	});

	it.each(months)(
		'served shares of month %i by type are those of the raw file',
		async (month) => {
			const period = { from: monthDay(month), to: monthDay(month + 1) };
			const rows = await measure(period, ['handoffs'], ['topic', 'outcome']);
			const countOf = (topic: string, outcome?: string) =>
				rows
					.filter(({ by }) => by.topic === topic && (!outcome || by.outcome === outcome))
					.reduce((sum, { values }) => sum + (values.handoffs.value ?? NaN), 0);
			const types = [...groups.keys()]
				.filter((key) => key.startsWith(period.from))
				.map((key) => key.split(' ')[1] ?? '');
			expect(new Set(rows.map(({ by }) => by.topic))).toEqual(new Set(types));
			const shares = types.map((type) => countOf(type, 'answered') / countOf(type));
			const expected = types.map((type) => {
				const own = calls.filter(({ group }) => group === `${period.from} ${type}`);
				return own.filter(({ outcome }) => outcome === 'AGENT').length / own.length;
			});
			expect(shares).toEqual(expected);
		}
	);

	it('served calls of at most one hour last what the study of the log says', async () => {
		const isStudied = ({ outcome, service }: Call) =>
			outcome === 'AGENT' && service > 0 && service <= 3600;
		const works = lines.filter(isStudied).map(({ service }) => service);
		expect(works).toHaveLength(134_968);
		expect(meanOf(works)).toBeCloseTo(190.8, 1);
		expect(sdOf(works)).toBeCloseTo(236.8, 1);
		expect(tenthOf(works, 5)).toBe(115);
		// Printed for January to October: 185 and 238.
		expect(Math.abs(meanOf(works) / 185 - 1)).toBeLessThan(0.04);
		expect(Math.abs(sdOf(works) / 238 - 1)).toBeLessThan(0.01);

		const kept = calls.filter(isStudied).map(({ service }) => service);
		expect(kept).toHaveLength(works.length - 126);
		const [stored] = await withConnection(async (connection) => {
			const answer = await connection.runAndReadAll(
				`select
					count(*)::int as n,
					avg(handle_s)::double as mean,
					stddev_samp(handle_s)::double as sd,
					median(handle_s)::double as median
				from handoff_facts
				where outcome = 'answered' and handle_s > 0 and handle_s <= 3600`
			);
			return answer.getRowObjectsJS();
		});
		expect(stored).toMatchObject({ n: kept.length, median: tenthOf(kept, 5) });
		expect(stored?.['mean']).toBeCloseTo(meanOf(kept), 8);
		expect(stored?.['sd']).toBeCloseTo(sdOf(kept), 8);
		expect(stored?.['mean']).toBeCloseTo(190.8, 1);
	});

	it('calls that Seam counts otherwise than the study are as many as said', () => {
		const isServed = ({ outcome }: Call) => outcome === 'AGENT';
		expect(lines.filter(({ unit }) => unit < 0)).toHaveLength(200);
		expect(lines.filter((call) => isServed(call) && call.service === 0)).toHaveLength(581);
		expect(lines.filter((call) => !isServed(call) && call.service > 0)).toHaveLength(2152);
		expect(lines.filter((call) => isServed(call) && call.service > 3600)).toHaveLength(26);
	});
});
