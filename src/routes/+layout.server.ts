import { rememberedReviewer } from '$lib/server/reviews/reviewer';
import { readLog } from '$lib/server/store/log';
import { readMarks } from '$lib/server/scope/marks';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ url, cookies }) => {
	const topics = url.searchParams.getAll('topic');
	const [log, marks] = await Promise.all([readLog(), readMarks(topics)]);
	return { log, marks, reviewer: rememberedReviewer(cookies) };
};
