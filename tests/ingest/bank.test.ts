import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportReport } from '../../ingest/import.ts';
import { countsOf, root, TestStore } from './store.ts';

const folder = path.join(root, '../shared/data/anonymous-bank');

type Call = Record<
	| 'date'
	| 'q_time'
	| 'ser_time'
	| 'vru_entry'
	| 'vru_time'
	| 'type'
	| 'outcome'
	| 'server'
	| 'customer_id',
	string
> & { file: string; line: number };

/** The calls of a month's file, by plain means. */
async function callsOf(file: string): Promise<Call[]> {
	const text = await readFile(path.join(folder, file), 'latin1');
	const [header = '', ...lines] = text.split(/\r?\n/);
	const names = header.split('\t');
	return lines.flatMap((line, i) => {
		if (line.trim() === '') return [];
		const cells = line.split('\t');
		return [
			{
				...Object.fromEntries(names.map((name, n) => [name, (cells[n] ?? '').trim()])),
				file,
				line: i + 2
			} as Call
		];
	});
}

/** The end of the automated part, on the local clock. */
function handedOff({ date, vru_entry, vru_time }: Call): number {
	const [h = 0, m = 0, s = 0] = vru_entry.split(':').map(Number);
	const [year = 0, month = 0, day = 0] = (date.match(/../g) ?? []).map(Number);
	const midnight = Date.UTC(1900 + year, month - 1, day);
	return midnight + (h * 3600 + m * 60 + s + Number(vru_time)) * 1000;
}

describe.skipIf(!existsSync(folder))('the log of the bank (needs ../shared/data)', () => {
	let store: TestStore;
	let report: ImportReport;
	let calls: Call[];
	beforeAll(async () => {
		store = await TestStore.open();
		report = await store.import(folder);
		const files = [1, 2, 3, 4, 5].map((month) => `1999-0${month}.txt`);
		calls = (await Promise.all(files.map(callsOf))).flat();
	}, 120_000);
	afterAll(() => store.close());

	const good = () => calls.filter(({ vru_time }) => Number(vru_time) >= 0);
	const counted = (keys: string[]) => {
		const counts: Record<string, number> = {};
		for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
		return counts;
	};
	const tally = async (column: string) =>
		Object.fromEntries(
			(
				await store.rows(
					`select ${column} as key, count(*)::int as n from handoff_facts group by 1`
				)
			).map(({ key, n }) => [String(key), n])
		);

	it('has 175,333 lines, of which the 200 with a negative vru_time are refused', async () => {
		expect(countsOf(report.total)).toEqual([175_333, 175_133, 0, 0, 0, 200]);
		expect(report.files.map(({ source }) => source)).toEqual(Array(5).fill('anonymous-bank'));
		expect(countsOf(report.files[0] ?? report.total)).toEqual([31_599, 31_566, 0, 0, 0, 33]);
		expect(await store.column('select distinct field from quarantine')).toEqual(['vru_time']);
		const refused = await store.rows(
			'select parse_filename(file) as file, line::int as line from quarantine order by 1, 2'
		);
		expect(refused).toEqual(
			calls
				.filter(({ vru_time }) => Number(vru_time) < 0)
				.map(({ file, line }) => ({ file, line }))
		);
	});

	it('has a key of its own for each call', async () => {
		expect(await store.column('select count(distinct handoff_id)::int from handoffs')).toEqual([
			175_133
		]);
		expect(await store.column('select count(*)::int from handoff_facts')).toEqual([175_133]);
	});

	it('has the topics and outcomes of a plain count over the raw files', async () => {
		expect(await tally('topic')).toEqual(counted(good().map(({ type }) => type)));
		const words: Record<string, string> = {
			AGENT: 'answered',
			HANG: 'abandoned',
			PHANTOM: 'not_connected'
		};
		expect(await tally('outcome')).toEqual(
			counted(good().map(({ outcome }) => words[outcome] ?? outcome))
		);
	});

	it('has the day, month and hour of each call on the local clock', async () => {
		expect(await store.rows('select timezone from settings')).toEqual([
			{ timezone: 'Asia/Jerusalem' }
		]);
		const ended = good().map((call) => ({ at: new Date(handedOff(call)) }));
		// No clock change fell into a call.
		expect(await tally('local_day')).toEqual(
			counted(ended.map(({ at }) => at.toISOString().slice(0, 10)))
		);
		expect(await tally('local_month')).toEqual(
			counted(ended.map(({ at }) => at.toISOString().slice(0, 7) + '-01'))
		);
		expect(await tally('local_hour')).toEqual(
			counted(ended.map(({ at }) => String(at.getUTCHours())))
		);
	});

	it('lets calls over midnight end on the next day', async () => {
		const ends = good().map((call) => {
			const served = call.outcome === 'AGENT' || Number(call.ser_time) > 0;
			const rest = Number(call.q_time) + (served ? Number(call.ser_time) : 0);
			return { call, at: new Date(handedOff(call) + rest * 1000) };
		});
		const over = ends.filter(
			({ call, at }) => at.getUTCDate() !== Number(call.date.slice(4, 6))
		);
		expect(over.length).toBeGreaterThan(10);
		expect(await tally(`strftime(local_time(ended_at, 'Asia/Jerusalem'), '%Y-%m-%d')`)).toEqual(
			counted(ends.map(({ at }) => at.toISOString().slice(0, 10)))
		);
	});

	it('leaves unknown what it does not know: customers 0, agents NO_SERVER, trigger, CSAT', async () => {
		const known = await store.rows(
			'select count(customer_id)::int as customers, count(agent_id)::int as agents, count(trigger)::int as triggers, count(csat)::int as ratings from handoffs'
		);
		expect(known).toEqual([
			{
				customers: good().filter(({ customer_id }) => customer_id !== '0').length,
				agents: good().filter(({ server }) => server !== 'NO_SERVER').length,
				triggers: 0,
				ratings: 0
			}
		]);
		expect(
			await store.column(
				`select count(*)::int from handoffs where wait_before_s < 0 or wait_after_s < 0`
			)
		).toEqual([0]);
		expect(
			await store.column('select count(*)::int from handoff_facts where is_wait_disputed')
		).toEqual([0]);
	});

	it('imported again changes nothing', async () => {
		const facts = `select bit_xor(hash(f))::varchar from handoff_facts as f`;
		const before = await store.column(facts);
		const again = await store.import(folder);
		expect(countsOf(again.total)).toEqual([175_333, 0, 0, 175_133, 0, 200]);
		expect(await store.column(facts)).toEqual(before);
		expect(await store.column('select count(*)::int from quarantine')).toEqual([200]);
	}, 60_000);
});
