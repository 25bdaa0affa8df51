import { readStatus } from '$lib/server/store/status';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async () => Response.json(await readStatus());
