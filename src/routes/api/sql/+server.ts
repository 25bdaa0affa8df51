import { UsageError } from '../../../../ingest/errors';
import { refusal } from '$lib/server/http/answer';
import { answerSql, readSqlQuestion } from '$lib/server/store/figureSql';
import type { RequestHandler } from './$types';

/** The SQL behind a figure: its page is read anew, with its queries taken down. */
export const GET: RequestHandler = async ({ url, request, fetch }) => {
	const host = request.headers.get('host') ?? '';
	const read = async ({ pathname, search }: URL) => {
		const data = `${pathname.replace(/\/$/, '')}/__data.json${search}`;
		const answer = await fetch(data, { headers: { host } });
		if (!answer.ok) throw new UsageError(`There is no page ${pathname}.`);
		await answer.text();
	};
	try {
		return new Response((await answerSql(readSqlQuestion(url), read)) + '\n', {
			headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
		});
	} catch (error) {
		return refusal(error);
	}
};
