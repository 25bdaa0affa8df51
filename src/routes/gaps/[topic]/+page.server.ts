import { error, fail, redirect } from '@sveltejs/kit';
import { messageOf, SeamError } from '../../../../ingest/errors';
import { idOfSegment } from '$lib/handoffAddress';
import { keepTyped, typedFix } from '$lib/server/fixes/fixForm';
import { readGapPage } from '$lib/server/gaps/oneGap';
import {
	acceptPhrase,
	acceptPhrases,
	dismissPhrase,
	mergePhrase,
	renamePhrase,
	unmergePhrase
} from '$lib/server/phrases/phraseEntries';
import { readChoice } from '$lib/server/scope/scope';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** One gap: topic and phrase group → page. */
export const load: PageServerLoad = async ({ params, url, parent }) => {
	const topic = idOfSegment(params.topic);
	const phrase = url.searchParams.get('phrase');
	const { log } = await parent();
	const page = await readGapPage({ topic, phrase }, readChoice(url.searchParams), log);
	if (page === 'unknown')
		error(
			404,
			phrase === null
				? `The log holds no topic “${topic}”.`
				: `The topic “${topic}” has no phrase group ${phrase}.`
		);
	return { page };
};

/** The page that a form stands on, without the name of its action. */
function pageOf(url: URL, hash: string): string {
	const query = new URLSearchParams(
		[...url.searchParams].filter(([name]) => !name.startsWith('/'))
	);
	return `${url.pathname}?${query.toString()}${hash}`;
}

/** Does what a form asks of a phrase group. */
async function change(
	{ request, url }: RequestEvent,
	work: (group: string, form: FormData) => Promise<unknown>
) {
	const form = await request.formData();
	const group = textOf(form, 'group');
	try {
		await work(group, form);
	} catch (refused) {
		if (refused instanceof SeamError)
			return fail(refused.status, { group, message: messageOf(refused), typed: null });
		throw refused;
	}
	redirect(303, pageOf(url, '#words'));
}

function textOf(form: FormData, name: string): string {
	const given = form.get(name);
	return typeof given === 'string' ? given : '';
}

export const actions: Actions = {
	fix: async ({ params, request, url }) => {
		const typed = typedFix(await request.formData(), { topic: idOfSegment(params.topic) });
		try {
			await keepTyped(typed);
		} catch (refused) {
			if (refused instanceof SeamError)
				return fail(refused.status, { group: null, message: messageOf(refused), typed });
			throw refused;
		}
		redirect(303, pageOf(url, '#fixes'));
	},
	rename: (event) => change(event, (group, form) => renamePhrase(group, textOf(form, 'name'))),
	merge: (event) => change(event, (group, form) => mergePhrase(group, textOf(form, 'into'))),
	unmerge: (event) => change(event, unmergePhrase),
	acceptAll: (event) =>
		change(event, (_, form) => acceptPhrases(form.getAll('group').map(String))),
	accept: (event) => change(event, acceptPhrase),
	dismiss: (event) => change(event, dismissPhrase)
};
