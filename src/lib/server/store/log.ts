/** What the store holds altogether, whatever the filter. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { fieldsOf, type RecordKind } from '../../../../ingest/contract.ts';
import { addDays, mondayOf } from '../../dates.ts';
import type { Health, Log } from '../../week.ts';
import { query } from './query.ts';
import { root } from './root.ts';

export const extentRow = z.strictObject({
	handoffs: z.int(),
	conversations: z.int(),
	first_handoff: z.string().nullable(),
	last_handoff: z.string().nullable(),
	last_contact: z.string().nullable(),
	imports: z.int(),
	sample_imports: z.int(),
	/** imports of real logs that brought rows */
	real_imports: z.int(),
	last_import: z.string().nullable(),
	quarantined: z.int(),
	timezone: z.string()
});
export type Extent = z.infer<typeof extentRow>;

/** Rows, first and last contact, imports and zone of the store. */
export async function readExtent(): Promise<Extent> {
	const [extent] = await query('log/extent', extentRow);
	if (!extent) throw new Error('the store has no settings');
	return extent;
}

/** Whether what is shown is the sample: it is there, and no real row is. */
export const isSample = (extent: Extent) => extent.sample_imports > 0 && extent.real_imports === 0;

const packageSchema = z.object({ version: z.string() });
let version: string | undefined;

/** Version of Seam. */
export async function readVersion(): Promise<string> {
	version ??= packageSchema.parse(
		JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'))
	).version;
	return version;
}

/** What every page says of the log. */
export async function readLog(): Promise<Log> {
	const extent = await readExtent();
	return {
		sample: isSample(extent),
		handoffs: extent.handoffs,
		conversations: extent.conversations,
		first: extent.first_handoff,
		last: extent.last_handoff,
		timezone: extent.timezone,
		version: await readVersion()
	};
}

/** The last local date that was followed for all of a window of so many days; null if none. */
export const followedUpTo = ({ last_contact }: Pick<Extent, 'last_contact'>, days: number) =>
	last_contact === null ? null : addDays(last_contact.slice(0, 10), -Math.ceil(days));

/** The first week whose last day has not been followed for the whole window of repeat contacts. */
export function firstOpenWeek(knownTo: string | null): string | undefined {
	if (knownTo === null) return undefined;
	const monday = mondayOf(knownTo);
	return addDays(monday, 6) <= knownTo ? addDays(monday, 7) : monday;
}

/** A share for each field that the contract gives a record. */
const shares = (record: RecordKind) =>
	z.strictObject(
		Object.fromEntries(fieldsOf(record).map(({ name }) => [name, z.number().nullable()]))
	);

export const handoffCoverageRow = shares('handoff');
export const conversationCoverageRow = shares('conversation');
export const triggerRow = z.strictObject({
	missing: z.int(),
	unknown: z.int(),
	waits_disputed: z.int()
});
export const unknownTriggerRow = z.strictObject({ trigger: z.string() });
export const importRow = z.strictObject({
	file: z.string(),
	source: z.string(),
	lines: z.int(),
	inserted: z.int(),
	quarantined: z.int(),
	imported_by: z.string(),
	imported_at: z.string()
});
export type LastImport = z.infer<typeof importRow>;

/** The newest import; null when nothing was imported. */
export async function readLastImport(): Promise<LastImport | null> {
	const [row] = await query('log/last_import', importRow);
	return row ?? null;
}

/** How far the log can be trusted. */
export async function readHealth({ quarantined }: Extent): Promise<Health> {
	const [[triggers], [handoffs], [conversations]] = await Promise.all([
		query('log/triggers', triggerRow),
		query('log/handoff_coverage', handoffCoverageRow),
		query('log/conversation_coverage', conversationCoverageRow)
	]);
	const unnamed = triggers?.unknown ? await query('log/unknown_triggers', unknownTriggerRow) : [];
	const fields = (record: 'handoff' | 'conversation', row: Record<string, number | null> = {}) =>
		Object.entries(row).map(([field, share]) => ({ record, field, share }));
	return {
		quarantined,
		trigger_missing: triggers?.missing ?? 0,
		trigger_unknown: triggers?.unknown ?? 0,
		unknown_triggers: unnamed.map(({ trigger }) => trigger),
		waits_disputed: triggers?.waits_disputed ?? 0,
		fields: [...fields('handoff', handoffs), ...fields('conversation', conversations)]
	};
}
