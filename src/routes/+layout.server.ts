import { readLog } from '$lib/server/log';
import { readMarks } from '$lib/server/marks';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async () => {
	const [log, marks] = await Promise.all([readLog(), readMarks()]);
	return { log, marks };
};
