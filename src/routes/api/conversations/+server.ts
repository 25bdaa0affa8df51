import { readConversationsAsked } from '$lib/server/conversations/asked';
import { conversationFile } from '$lib/server/conversations/conversationFile';
import { conversationsParameters } from '$lib/server/conversations/conversationsParameters';
import { refusal } from '$lib/server/http/answer';
import { readParameters } from '$lib/server/http/parameters';
import { fileResponse } from '$lib/server/list/listFile';
import { readChoice } from '$lib/server/scope/scope';
import type { RequestHandler } from './$types';

/** The list of conversations as a file, streamed. */
export const GET: RequestHandler = async ({ url: { searchParams } }) => {
	try {
		const { format } = readParameters(conversationsParameters, searchParams);
		const asked = readConversationsAsked(searchParams);
		return fileResponse(await conversationFile(readChoice(searchParams), asked, format));
	} catch (error) {
		return refusal(error);
	}
};
