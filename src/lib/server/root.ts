import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json: the same for the sources, the build and the tests. */
export const root = findRoot(path.dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
	if (existsSync(path.join(folder, 'package.json')) && existsSync(path.join(folder, 'queries')))
		return folder;
	const above = path.dirname(folder);
	if (above === folder) throw new Error('package.json and queries/ of Seam were not found');
	return findRoot(above);
}

export const queriesFolder = path.join(root, 'queries');

/** Where the data lies: SEAM_DATA, else `data` beside package.json. */
export const dataFolder = () => path.resolve(process.env.SEAM_DATA || path.join(root, 'data'));
