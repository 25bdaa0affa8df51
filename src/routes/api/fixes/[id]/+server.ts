import { editFix, readFixId, withdrawFix } from '$lib/server/fixes/fixes';
import { foreign, isOwnCommand, refusal } from '$lib/server/http/answer';
import type { RequestHandler } from './$types';

/** Changes fields of a fix. */
export const PATCH: RequestHandler = async ({ params, request }) => {
	if (!(await isOwnCommand(request))) return foreign('Only the seam command may edit fixes.');
	try {
		const given: unknown = await request.json().catch(() => null);
		return Response.json(await editFix(readFixId(params.id), given));
	} catch (failure) {
		return refusal(failure);
	}
};

/** Withdraws a fix. */
export const DELETE: RequestHandler = async ({ params, request }) => {
	if (!(await isOwnCommand(request))) return foreign('Only the seam command may withdraw fixes.');
	try {
		return Response.json(await withdrawFix(readFixId(params.id)));
	} catch (failure) {
		return refusal(failure);
	}
};
