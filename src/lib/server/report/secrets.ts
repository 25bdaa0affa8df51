/** The longest piece of a foreign answer that is said on. */
const longest = 200;

/** Shorter ones would blank ordinary words, and guard nothing. */
const shortest = 4;

/**
 * What a server answered, fit to be printed: one line of at most 200 characters, without control
 * characters, and with every secret blanked, in base64 too.
 */
export function printable(answer: string, secrets: string[]): string {
	const forms = secrets
		.flatMap((secret) => [
			secret,
			encodeURIComponent(secret),
			Buffer.from(secret).toString('base64').replace(/=+$/, '')
		])
		.filter((form) => form.length >= shortest)
		.sort((a, b) => b.length - a.length);
	const blanked = forms.reduce((text, form) => text.replaceAll(form, '•••'), answer);
	const line = blanked.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
	const letters = [...line];
	return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : line;
}
