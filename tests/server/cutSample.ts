/** A sample of which the log holds only some days, so that its ends lie within weeks. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SampleOptions } from '../../ingest/sample/plan.ts';
import { writeSample } from '../../ingest/sample/write.ts';
import type { TestStore } from './store.ts';

/** Columns of the moments that a line is kept by: start of a conversation, handoff. */
const momentAt = { conversations: 7, handoffs: 10 };

/**
 * Writes a sample, keeps the lines of what happened from one local date to another (excluded) and imports it.
 * @returns the paths of the two files that were imported
 */
export async function importCut(
	store: TestStore,
	options: SampleOptions,
	{ from, to }: { from: string; to: string }
): Promise<{ handoffs: string; conversations: string }> {
	const whole = join(store.logs, 'whole');
	await writeSample({ ...options, out: whole });
	for (const name of ['conversations', 'handoffs'] as const) {
		const text = await readFile(join(whole, `${name}.csv`), 'utf8');
		const [head = '', ...lines] = text.trimEnd().split('\n');
		const kept = lines.filter((line) => {
			const day = line.split(',')[momentAt[name]]?.slice(0, 10) ?? '';
			return day >= from && day < to;
		});
		await store.import(`${name}.csv`, [head, ...kept].join('\n') + '\n', {
			timezone: 'Europe/Berlin'
		});
	}
	return {
		handoffs: join(store.logs, 'handoffs.csv'),
		conversations: join(store.logs, 'conversations.csv')
	};
}
