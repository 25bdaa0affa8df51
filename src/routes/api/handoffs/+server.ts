import { refusal } from '$lib/server/answer';
import { readAsked } from '$lib/server/asked';
import { handoffFile } from '$lib/server/handoffFile';
import { handoffsParameters } from '$lib/server/handoffsParameters';
import { readParameters } from '$lib/server/parameters';
import { readChoice } from '$lib/server/scope';
import type { RequestHandler } from './$types';

/** The list of handoffs as a file, streamed. */
export const GET: RequestHandler = async ({ url: { searchParams } }) => {
	try {
		const { format } = readParameters(handoffsParameters, searchParams);
		const { body, type, name } = await handoffFile(
			readChoice(searchParams),
			readAsked(searchParams),
			format
		);
		return new Response(body, {
			headers: {
				'content-type': type,
				'content-disposition': `attachment; filename="${name}"`,
				'cache-control': 'no-store'
			}
		});
	} catch (error) {
		return refusal(error);
	}
};
