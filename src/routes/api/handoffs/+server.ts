import { refusal } from '$lib/server/http/answer';
import { readAsked } from '$lib/server/handoffs/asked';
import { handoffFile } from '$lib/server/handoffs/handoffFile';
import { handoffsParameters } from '$lib/server/handoffs/handoffsParameters';
import { fileResponse } from '$lib/server/list/listFile';
import { readParameters } from '$lib/server/http/parameters';
import { readChoice } from '$lib/server/scope/scope';
import type { RequestHandler } from './$types';

/** The list of handoffs as a file, streamed. */
export const GET: RequestHandler = async ({ url: { searchParams } }) => {
	try {
		const { format } = readParameters(handoffsParameters, searchParams);
		return fileResponse(
			await handoffFile(readChoice(searchParams), readAsked(searchParams), format)
		);
	} catch (error) {
		return refusal(error);
	}
};
