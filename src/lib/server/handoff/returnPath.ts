/** Where a form sends its reader back to: the page it came from, if that is one of this site. */

/**
 * @param from what the form says, a path with query and fragment
 * @param fallback where to go when that is missing or leads elsewhere
 */
export function returnPath(from: unknown, fallback: string): string {
	if (typeof from !== 'string' || !from.startsWith('/')) return fallback;
	const here = 'http://seam.invalid';
	if (!URL.canParse(from, here)) return fallback;
	const url = new URL(from, here);
	// `//host` and `/\host` are addresses of another site, `/.//host` becomes one.
	if (url.origin !== here || url.pathname.startsWith('//')) return fallback;
	return url.pathname + url.search + url.hash;
}
