/** What `seam status` says. */
import { dataFolder } from './root.ts';
import { isSample, readExtent, readLastImport, readVersion, type LastImport } from './log.ts';

export type Status = {
	version: string;
	data: string;
	handoffs: number;
	conversations: number;
	first_handoff: string | null;
	last_handoff: string | null;
	timezone: string;
	sample: boolean;
	quarantined: number;
	last_import: LastImport | null;
};

/** Times are local to the team's zone; the import's is UTC. */
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
