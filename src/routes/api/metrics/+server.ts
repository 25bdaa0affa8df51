import { refusal } from '$lib/server/http/answer';
import { answerMetrics, mediaTypes, readMetricsQuery } from '$lib/server/measure/metricsQuery';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url }) => {
	try {
		const question = readMetricsQuery(url.searchParams);
		return new Response(await answerMetrics(question), {
			headers: { 'content-type': mediaTypes[question.format], 'cache-control': 'no-store' }
		});
	} catch (error) {
		return refusal(error);
	}
};
