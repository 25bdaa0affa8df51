import { fail, redirect } from '@sveltejs/kit';
import { messageOf, SeamError } from '../../../ingest/errors';
import { fixStatuses } from '$lib/fixVerdict';
import { keepTyped, typedFix } from '$lib/server/fixes/fixForm';
import { readFixLedger } from '$lib/server/fixes/fixLedger';
import { readFixSubjects } from '$lib/server/fixes/fixSubject';
import type { Actions, PageServerLoad } from './$types';

/** The fix ledger. */
export const load: PageServerLoad = async ({ url }) => {
	const asked = url.searchParams.get('status');
	return {
		ledger: await readFixLedger(),
		subjects: await readFixSubjects(),
		status: fixStatuses.find((one) => one === asked) ?? null
	};
};

export const actions: Actions = {
	fix: async ({ request }) => {
		const typed = typedFix(await request.formData());
		try {
			await keepTyped(typed);
		} catch (refused) {
			if (refused instanceof SeamError)
				return fail(refused.status, { message: messageOf(refused), typed });
			throw refused;
		}
		redirect(303, '/fixes');
	}
};
