import { foreign, isOwnCommand } from '$lib/server/http/answer';
import { readQuarantine } from '$lib/server/store/quarantine';
import type { RequestHandler } from './$types';

/** Raw lines carry identities: only the command line of the same user gets them. */
export const GET: RequestHandler = async ({ request }) => {
	if (!(await isOwnCommand(request)))
		return foreign('Only the seam command may read refused lines.');
	return Response.json(await readQuarantine());
};
