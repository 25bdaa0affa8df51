/** Languages in words. */
const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** "German" of "de"; a code that no language has stays. */
export function languageWords(language: string | null): string {
	if (language === null) return 'Language not logged';
	try {
		return names.of(language) ?? language;
	} catch {
		return language;
	}
}
