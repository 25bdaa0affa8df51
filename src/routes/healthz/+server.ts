import { readExtent, readVersion } from '$lib/server/log';
import type { RequestHandler } from './$types';

/** Answers 200 while the database answers. */
export const GET: RequestHandler = async () => {
	try {
		const { handoffs } = await readExtent();
		return Response.json({ status: 'ok', version: await readVersion(), handoffs });
	} catch {
		return Response.json({ status: 'the database does not answer' }, { status: 503 });
	}
};
