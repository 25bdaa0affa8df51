import { readVersion } from '$lib/server/store/log';
import { openApi } from '$lib/server/openapi/document';
import type { RequestHandler } from './$types';

/** What the API takes and answers, for programs that are made from it. */
export const GET: RequestHandler = async () => Response.json(openApi(await readVersion()));
