/** What `seam status` says. */
import { z } from 'zod';
import { importRow, isSample, readExtent, readLastImport, readVersion } from './log.ts';
import { dataFolder } from './root.ts';

/** Times are local to the team's zone; the import's is UTC. */
export const statusSchema = z.strictObject({
	version: z.string(),
	/** the data folder */
	data: z.string(),
	handoffs: z.int(),
	conversations: z.int(),
	first_handoff: z.string().nullable(),
	last_handoff: z.string().nullable(),
	timezone: z.string(),
	/** true until real data is imported */
	sample: z.boolean(),
	quarantined: z.int(),
	last_import: importRow.nullable()
});
export type Status = z.infer<typeof statusSchema>;

/** What a health check hears: 200 while the database answers. */
export const aliveSchema = z.strictObject({
	status: z.literal('ok'),
	version: z.string(),
	handoffs: z.int()
});

/** What a health check hears when the database does not answer: 503. */
export const deadSchema = z.strictObject({ status: z.string() });

/** @throws when the database does not answer */
export async function readAlive(): Promise<z.infer<typeof aliveSchema>> {
	const { handoffs } = await readExtent();
	return { status: 'ok', version: await readVersion(), handoffs };
}

/** What the server holds, and where. */
export async function readStatus(): Promise<Status> {
	const extent = await readExtent();
	return {
		version: await readVersion(),
		data: dataFolder(),
		handoffs: extent.handoffs,
		conversations: extent.conversations,
		first_handoff: extent.first_handoff,
		last_handoff: extent.last_handoff,
		timezone: extent.timezone,
		sample: isSample(extent),
		quarantined: extent.quarantined,
		last_import: await readLastImport()
	};
}
