import { readLog } from '$lib/server/log';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async () => ({ log: await readLog() });
