import type { Report } from '../../../src/lib/server/report/report.ts';

/** One red pixel. */
export const pixel =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

export const report: Report = {
	subject: 'Handoffs 9–15 Nov: 401, “Refunds” first',
	html: `<!doctype html><html lang="en"><body><h1>Week</h1><img alt="Waits" src="data:image/png;base64,${pixel}"><p>Grüße & more</p></body></html>`,
	text: '# Week\n\nHandoffs: **401** (n = 401)\n.\nGrüße',
	json: { week: '2026-11-09', handoffs: { value: 401, n: 401 } }
};

/** The message of what an action throws. */
export async function refusal(action: () => unknown): Promise<string> {
	try {
		await action();
	} catch (error) {
		if (error instanceof Error) return `${error.name}: ${error.message}`;
		throw error;
	}
	throw new Error('nothing was thrown');
}
