import { readAlive } from '$lib/server/store/status';
import type { RequestHandler } from './$types';

/** Answers 200 while the database answers. */
export const GET: RequestHandler = async () => {
	try {
		return Response.json(await readAlive());
	} catch {
		return Response.json({ status: 'the database does not answer' }, { status: 503 });
	}
};
