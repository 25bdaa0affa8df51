import { error } from '@sveltejs/kit';
import { isOwnCommand } from '$lib/server/answer';
import { readQuarantine } from '$lib/server/quarantine';
import type { RequestHandler } from './$types';

/** Raw lines carry identities: only the command line of the same user gets them. */
export const GET: RequestHandler = async ({ request }) => {
	if (!(await isOwnCommand(request))) error(403, 'Only the seam command may read refused lines.');
	return Response.json(await readQuarantine());
};
