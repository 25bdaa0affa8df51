import { answerGaps, gapMediaTypes, gapsParameters } from '$lib/server/gaps/gapFile';
import { refusal } from '$lib/server/http/answer';
import { readParameters } from '$lib/server/http/parameters';
import type { RequestHandler } from './$types';

const endings = { csv: 'csv', markdown: 'md' } as const;

/** The gaps of a period: the rows of the page Gaps. */
export const GET: RequestHandler = async ({ url }) => {
	try {
		const question = readParameters(gapsParameters, url.searchParams);
		const { format, from, to } = question;
		const isFile = format === 'csv' || format === 'markdown';
		return new Response(await answerGaps(question, url.origin), {
			headers: {
				'content-type': gapMediaTypes[format],
				'cache-control': 'no-store',
				...(isFile && {
					'content-disposition': `attachment; filename="gaps-${from}-to-${to}.${endings[format]}"`
				})
			}
		});
	} catch (error) {
		return refusal(error);
	}
};
