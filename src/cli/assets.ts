import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Whether an address is of a file of the built pages that is not there any more, as after a build
 * beside a running server, which would end at the attempt to read it.
 *
 * @param url path of a request, as in its first line
 * @param client folder of the built files
 */
export function isGone(url: string | undefined, client: string): boolean {
	const [asked = ''] = (url ?? '').split(/[?#]/);
	if (!asked.startsWith('/_app/immutable/')) return false;
	try {
		return !existsSync(path.join(client, decodeURIComponent(asked)));
	} catch {
		// Not an address at all: the pages refuse it.
		return false;
	}
}
