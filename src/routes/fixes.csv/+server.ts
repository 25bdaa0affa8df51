import { writeFixLedger, readFixLedger } from '$lib/server/fixes/fixLedger';
import type { RequestHandler } from './$types';

/** The fix ledger with its verdicts, for a spreadsheet. */
export const GET: RequestHandler = async ({ url }) => {
	const { fixes } = await readFixLedger();
	return new Response(
		writeFixLedger(fixes, (id) => `${url.origin}/fixes/${id}`),
		{
			headers: {
				'content-type': 'text/csv; charset=utf-8',
				'cache-control': 'no-store',
				'content-disposition': 'attachment; filename="seam-fix-ledger.csv"'
			}
		}
	);
};
