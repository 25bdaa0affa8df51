/** The sample log that a data folder starts with. */
import path from 'node:path';
import { writeSample } from '../../../../ingest/sample/write.ts';
import { runImport } from './importRequest.ts';
import { readExtent } from './log.ts';
import { dataFolder } from './root.ts';

/** Loads the sample into a store that nothing was ever imported into. */
export async function loadSampleOnce(): Promise<boolean> {
	const { imports, handoffs, conversations } = await readExtent();
	if (imports > 0 || handoffs > 0 || conversations > 0) return false;
	const out = path.join(dataFolder(), 'sample');
	await writeSample({ out });
	await runImport({ paths: [out] });
	return true;
}
