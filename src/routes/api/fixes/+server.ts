import { fixesParameters, listFixes, writeFixes } from '$lib/server/fixes/fixFile';
import { saveFix } from '$lib/server/fixes/fixes';
import { foreign, isOwnCommand, refusal } from '$lib/server/http/answer';
import { readParameters } from '$lib/server/http/parameters';
import type { RequestHandler } from './$types';

/** The fix ledger. */
export const GET: RequestHandler = async ({ url }) => {
	try {
		const { format, ...asked } = readParameters(fixesParameters, url.searchParams);
		const text = writeFixes(await listFixes(asked), format);
		const type = { json: 'application/json', csv: 'text/csv; charset=utf-8' }[format];
		return new Response(text, {
			headers: {
				'content-type': type,
				'cache-control': 'no-store',
				...(format === 'csv' && {
					'content-disposition': 'attachment; filename="seam-fixes.csv"'
				})
			}
		});
	} catch (failure) {
		return refusal(failure);
	}
};

/** Records a fix. */
export const POST: RequestHandler = async ({ request }) => {
	if (!(await isOwnCommand(request))) return foreign('Only the seam command may record fixes.');
	try {
		return Response.json(await saveFix(await request.json().catch(() => null)));
	} catch (failure) {
		return refusal(failure);
	}
};
