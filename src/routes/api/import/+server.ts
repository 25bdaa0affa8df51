import { error } from '@sveltejs/kit';
import { isOwnCommand } from '$lib/server/answer';
import { importRequestSchema, runImport, type ImportMessage } from '$lib/server/importRequest';
import { messageOf, SeamError } from '../../../../ingest/errors';
import type { RequestHandler } from './$types';

/** Imports files of this machine for the command line, which cannot open the database itself. */
export const POST: RequestHandler = async ({ request }) => {
	if (!(await isOwnCommand(request))) error(403, 'Only the seam command may import by path.');
	const asked = importRequestSchema.parse(await request.json());
	const lines = new TextEncoder();
	const stream = new ReadableStream<Uint8Array>({
		async start(controller) {
			const say = (message: ImportMessage) =>
				controller.enqueue(lines.encode(JSON.stringify(message) + '\n'));
			try {
				say({ report: await runImport(asked, (progress) => say({ progress })) });
			} catch (failure) {
				const exitCode = failure instanceof SeamError ? failure.exitCode : 1;
				say({ error: messageOf(failure), exitCode });
			}
			controller.close();
		}
	});
	return new Response(stream, { headers: { 'content-type': 'application/x-ndjson' } });
};
