import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { newFolder } from './folder.ts';
import { here } from './here.ts';
import { handoffLog, seam } from './run.ts';

const august = ['--from', '2026-08-01', '--to', '2026-09-01'];
let data: string;

beforeAll(async () => {
	const home = await newFolder();
	data = join(home, 'data');
	await writeFile(join(home, 'log.csv'), handoffLog(60));
	await seam(['import', join(home, 'log.csv'), '--timezone', 'UTC'], { data });
});

async function metrics(...words: string[]): Promise<string> {
	const { code, stdout, stderr } = await here(['metrics', ...august, ...words], {
		SEAM_DATA: data
	});
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	return stdout;
}

const value = (answer: string) =>
	(JSON.parse(answer) as { handoffs: { value: number } }[]).map((row) => row.handoffs.value);

describe('seam metrics', () => {
	test('keeps the values of each --where, several of a dimension and dimensions together', async () => {
		const handoffs = ['--metrics', 'handoffs'];
		// every third of 60 is on a topic, every second one in a chat
		expect(value(await metrics(...handoffs))).toEqual([60]);
		expect(value(await metrics(...handoffs, '--where', 'topic=Refunds'))).toEqual([20]);
		expect(
			value(
				await metrics(...handoffs, '--where', 'topic=Refunds', '--where', 'topic=Delivery')
			)
		).toEqual([40]);
		expect(
			value(await metrics(...handoffs, '--where', 'topic=Refunds', 'channel=chat'))
		).toEqual([10]);
		expect(value(await metrics(...handoffs, '--where', 'topic='))).toEqual([0]);
	});

	test('gives the same rows as JSON, NDJSON and CSV', async () => {
		const words = ['--metrics', 'handoffs,wait_after_p50', '--by', 'topic'];
		const json = JSON.parse(await metrics(...words)) as unknown[];
		const ndjson = await metrics(...words, '--format', 'ndjson');
		expect(
			ndjson
				.trim()
				.split('\n')
				.map((line) => JSON.parse(line) as unknown)
		).toEqual(json);
		const csv = (await metrics(...words, '--format', 'csv')).trim().split('\n');
		expect(csv[0]).toMatch(/^topic,handoffs,handoffs_n,.*,wait_after_p50,wait_after_p50_n/);
		expect(csv.slice(1).map((line) => line.split(',')[0])).toEqual([
			'Cancellation',
			'Delivery',
			'Refunds'
		]);
	});

	test.each([
		[['--metrics', 'handofs'], 'metrics=handofs is unknown. Allowed: handoffs,'],
		[['--metrics', 'handoffs', '--by', 'shoe'], 'by=shoe is unknown. Allowed: week,'],
		[['--metrics', 'handoffs', '--where', 'shoe=5'], '--where shoe=5 is not of the form'],
		[['--metrics', 'handoffs', '--where', 'topic'], '--where topic is not of the form'],
		[['--metrics', 'handoffs', '--from', '2026-13-01'], 'from=2026-13-01 is not a date'],
		[['--metrics', 'handoffs', '--to', '2026-07-01'], 'ends before it begins'],
		[['--metrics', 'handoffs', '--format', 'xml'], "'xml' is invalid"]
	])('%j is refused by a sentence that names the value', async (words, said) => {
		const answer = await here(['metrics', ...august, ...words], { SEAM_DATA: data });
		expect(answer).toMatchObject({ code: 2, stdout: '' });
		expect(answer.stderr).toContain(said);
	});
});
