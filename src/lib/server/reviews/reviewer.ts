/** The name of who reviews, remembered by the browser, so that it is typed once. */
import type { Cookies } from '@sveltejs/kit';

const cookie = 'seam_reviewer';
const year = 365 * 86_400;

/** The name that this browser reviewed with last; '' before the first time. */
export const rememberedReviewer = (cookies: Cookies): string => cookies.get(cookie) ?? '';

/** Remembers a name for a year. */
export const rememberReviewer = (cookies: Cookies, url: URL, name: string): void =>
	cookies.set(cookie, name.trim(), {
		path: '/',
		maxAge: year,
		sameSite: 'lax',
		// The dashboard is served on this machine without TLS, unless something stands before it.
		secure: url.protocol === 'https:'
	});
