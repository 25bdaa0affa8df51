import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of Seam itself, which holds package.json, ingest and queries: also once built. */
export const root = findRoot(path.dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
	if (existsSync(path.join(folder, 'package.json')) && existsSync(path.join(folder, 'queries')))
		return folder;
	const above = path.dirname(folder);
	if (above === folder) throw new Error('package.json and queries/ of Seam were not found');
	return findRoot(above);
}
