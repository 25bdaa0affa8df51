import { json } from '@sveltejs/kit';
import { foreign, isOwnCommand } from '$lib/server/http/answer';
import { startGrouping } from '$lib/server/phrases/phraseRunner';
import {
	importRequestSchema,
	runImport,
	type ImportMessage
} from '$lib/server/store/importRequest';
import { messageOf, SeamError } from '../../../../ingest/errors';
import type { RequestHandler } from './$types';

/** A line now and then, also while one long step says nothing: silence ends connections. */
const beatMs = 10_000;

/** Imports files of this machine for the command line, which cannot open the database itself. */
export const POST: RequestHandler = async ({ request }) => {
	if (!(await isOwnCommand(request))) return foreign('Only the seam command may import by path.');
	const asked = importRequestSchema.safeParse(await request.json().catch(() => null));
	if (!asked.success)
		return json(
			{
				error: 'This server cannot read what the command asks for: are both of one version?'
			},
			{ status: 400 }
		);
	const text = new TextEncoder();
	const gone = new AbortController();
	let beat: NodeJS.Timeout | undefined;
	const stream = new ReadableStream<Uint8Array>({
		start(controller) {
			const say = (message: ImportMessage | null) => {
				if (!gone.signal.aborted)
					controller.enqueue(
						text.encode((message ? JSON.stringify(message) : '') + '\n')
					);
			};
			beat = setInterval(say, beatMs, null);
			// Not awaited: a stream that has not started yet cannot be cancelled.
			void runImport(asked.data, (progress) => say({ progress }), gone.signal)
				.then(
					(report) => {
						say({ report });
						if (!report.dryRun) startGrouping();
					},
					(failure: unknown) =>
						say({
							error: messageOf(failure),
							exitCode: failure instanceof SeamError ? failure.exitCode : 1
						})
				)
				.finally(() => {
					clearInterval(beat);
					if (!gone.signal.aborted) controller.close();
				});
		},
		cancel() {
			gone.abort();
			clearInterval(beat);
		}
	});
	return new Response(stream, { headers: { 'content-type': 'application/x-ndjson' } });
};
