/** Where the dashboard is for those who read a report elsewhere. */
import { UsageError } from '../../../../ingest/errors.ts';

const shape = 'the address of the dashboard, such as https://seam.example.com';

/**
 * The base of the links of a report, without a slash at its end; null where none is given.
 * @param name how the user calls it: `SEAM_URL`, or a parameter
 * @throws UsageError that says what it looks like
 */
export function baseUrl(name: string, text: string | null | undefined): string | null {
	const given = text?.trim();
	if (!given) return null;
	const url = URL.canParse(given) ? new URL(given) : null;
	if (!url || !/^https?:$/.test(url.protocol))
		throw new UsageError(`${name} is not an http address; give ${shape}.`);
	if (url.username || url.password || url.search || url.hash)
		throw new UsageError(
			`${name} holds more than host, port and path: every reader of a report would see it; give ${shape}.`
		);
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
