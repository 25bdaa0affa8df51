import { fixImportSchema, importFixes } from '$lib/server/fixes/fixImport';
import { foreign, isOwnCommand, refusal } from '$lib/server/http/answer';
import type { RequestHandler } from './$types';

/** Takes in fixes from a file of this machine, for the command line. */
export const POST: RequestHandler = async ({ request }) => {
	if (!(await isOwnCommand(request))) return foreign('Only the seam command may import by path.');
	const asked = fixImportSchema.safeParse(await request.json().catch(() => null));
	if (!asked.success)
		return Response.json(
			{
				error: 'This server cannot read what the command asks for: are both of one version?'
			},
			{ status: 400 }
		);
	try {
		return Response.json(await importFixes(asked.data));
	} catch (failure) {
		return refusal(failure);
	}
};
