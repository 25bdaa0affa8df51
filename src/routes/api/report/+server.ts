import { refusal } from '$lib/server/http/answer';
import {
	mediaTypes,
	readReport,
	readReportQuery,
	writeReport
} from '$lib/server/report/reportQuery';
import type { RequestHandler } from './$types';

/** A document that runs nothing and fetches nothing. */
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

export const GET: RequestHandler = async ({ url }) => {
	try {
		const question = readReportQuery(url.searchParams);
		return new Response(writeReport(await readReport(question), question.format), {
			headers: {
				'content-type': mediaTypes[question.format],
				'cache-control': 'no-store',
				'content-security-policy': policy
			}
		});
	} catch (error) {
		return refusal(error);
	}
};
