import { foreign, isOwnCommand, refusal } from '$lib/server/http/answer';
import { readParameters } from '$lib/server/http/parameters';
import { exportReviews, importReviews, reviewImportSchema } from '$lib/server/reviews/reviewImport';
import { reviewMediaTypes, reviewsParameters } from '$lib/server/reviews/reviewFile';
import type { RequestHandler } from './$types';

/** Every review as a file. */
export const GET: RequestHandler = async ({ url }) => {
	try {
		const { format } = readParameters(reviewsParameters, url.searchParams);
		const day = new Date().toISOString().slice(0, 10);
		return new Response(await exportReviews(format), {
			headers: {
				'content-type': reviewMediaTypes[format],
				'content-disposition': `attachment; filename="seam-reviews-${day}.${format}"`,
				'cache-control': 'no-store'
			}
		});
	} catch (failure) {
		return refusal(failure);
	}
};

/** Takes in reviews from a file of this machine, for the command line. */
export const POST: RequestHandler = async ({ request }) => {
	if (!(await isOwnCommand(request))) return foreign('Only the seam command may import by path.');
	const asked = reviewImportSchema.safeParse(await request.json().catch(() => null));
	if (!asked.success)
		return Response.json(
			{
				error: 'This server cannot read what the command asks for: are both of one version?'
			},
			{ status: 400 }
		);
	try {
		return Response.json(await importReviews(asked.data));
	} catch (failure) {
		return refusal(failure);
	}
};
