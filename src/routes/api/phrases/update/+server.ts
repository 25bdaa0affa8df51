import { foreign, isOwnCommand } from '$lib/server/http/answer';
import type { GroupingMessage } from '$lib/server/phrases/phraseFile';
import { runGrouping } from '$lib/server/phrases/phraseRunner';
import { messageOf, SeamError } from '../../../../../ingest/errors';
import type { RequestHandler } from './$types';

/** A line now and then, also while one long step says nothing: silence ends connections. */
const beatMs = 10_000;

/** Groups the questions that wait, and says how far it is; it goes on when nobody listens any more. */
export const POST: RequestHandler = async ({ request }) => {
	if (!(await isOwnCommand(request)))
		return foreign('Only the seam command may have questions grouped.');
	const text = new TextEncoder();
	let isGone = false;
	let beat: NodeJS.Timeout | undefined;
	const stream = new ReadableStream<Uint8Array>({
		start(controller) {
			const say = (message: GroupingMessage | null) => {
				if (!isGone)
					controller.enqueue(
						text.encode((message ? JSON.stringify(message) : '') + '\n')
					);
			};
			beat = setInterval(say, beatMs, null);
			void runGrouping((progress) => say({ progress }))
				.then(
					(report) => say({ report }),
					(failure: unknown) =>
						say({
							error: messageOf(failure),
							exitCode: failure instanceof SeamError ? failure.exitCode : 1
						})
				)
				.finally(() => {
					clearInterval(beat);
					if (!isGone) controller.close();
				});
		},
		cancel() {
			isGone = true;
			clearInterval(beat);
		}
	});
	return new Response(stream, { headers: { 'content-type': 'application/x-ndjson' } });
};
