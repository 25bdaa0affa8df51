import path from 'node:path';
import { root } from '../../../../ingest/root.ts';

export { root };

export const queriesFolder = path.join(root, 'queries');

/** Where the data lies: SEAM_DATA, else `data` beside package.json. */
export const dataFolder = () => path.resolve(process.env.SEAM_DATA || path.join(root, 'data'));
