/** The lines of an answer that are not empty; a connection that breaks ends them. */
export async function* linesOf({ body }: Response): AsyncGenerator<string> {
	if (!body) return;
	const decoder = new TextDecoder();
	let pending = '';
	try {
		for await (const chunk of body) {
			pending += decoder.decode(chunk, { stream: true });
			const lines = pending.split('\n');
			pending = lines.pop() ?? '';
			yield* lines.filter(Boolean);
		}
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
	}
}
