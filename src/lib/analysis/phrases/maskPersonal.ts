/** What a placeholder stands for; shown as ‹mail›, ‹card› and so on. */
export type PersonalKind = 'link' | 'mail' | 'iban' | 'card' | 'phone' | 'order' | 'number';

/**
 * Replaces personal data in a question by typed placeholders: mail addresses, IBANs, card numbers,
 * telephone numbers, order codes, other long numbers, and links that carry a token or a number. Dates,
 * amounts and numbers of up to four digits stay. Names and postal addresses are not found. Where a
 * number could be personal or not, it is masked. Masking twice changes nothing; the text comes back in
 * the Unicode form NFKC, so that full-width digits are seen too.
 */
export function maskPersonal(text: string): string {
	const plain = text.normalize('NFKC');
	if (!suspicious.test(plain)) return plain;
	return plain
		.split(placeholder)
		.map((part, index) => (index % 2 === 1 ? part : maskPart(part)))
		.join('');
}

/** The text without its placeholders. */
export function withoutPlaceholders(text: string): string {
	return text.includes('‹') ? text.replace(placeholder, ' ') : text;
}

/** What all personal data has one of: most questions have none and are done. */
const suspicious = /[\p{Nd}@]|:\/\/|www\.|[([{]\s?at\s?[)\]}]/iu;
const placeholder = /(‹(?:link|mail|iban|card|phone|order|number)›)/gu;
const link = /(?<![\p{L}\p{N}])(?:https?:\/\/|www\.)[^\s<>"‹›]+/giu;
/** What makes a link personal: a query, a fragment, a login, a number, a long code. */
const telling = /[?#@]|\p{Nd}{4}|(?=[\w-]*\d)[\w-]{16}/u;
const mail =
	/(?<![\p{L}\p{M}\p{N}._%+'-])[\p{L}\p{M}\p{N}._%+'-]{1,64}(?:@|\s?[([{]\s?at\s?[)\]}]\s?)[\p{L}\p{M}\p{N}-]{1,63}(?:\.[\p{L}\p{M}\p{N}-]{1,63})+/giu;
const iban =
	/(?<![\p{L}\p{N}])[a-z]{2}\d{2}(?:[ -]?[a-z\d]{4}){2,7}(?:[ -]?[a-z\d]{1,4})?(?![\p{L}\p{N}])/giu;
/** Kept: days with a year, and times. */
const date =
	/(?<![\p{L}\p{N}./-])(\p{Nd}{4}[-/.]\p{Nd}{1,2}[-/.]\p{Nd}{1,2}|\p{Nd}{1,2}[-/.] ?\p{Nd}{1,2}[-/.] ?(?:\p{Nd}{4}|\p{Nd}{2}))(?=T\p{Nd}|(?![\p{L}\p{N}]|[-/.]\p{Nd}))/gu;
/** Digits with the separators of telephone, card and account numbers between them. */
const digits = /(?<![\p{L}\p{N}])[+(]{0,2}\p{Nd}(?:[ ./()-]{0,3}\p{Nd}){4,}(?![\p{L}\p{N}])/gu;
/** Codes of at least five digits and a letter, and numbers after a number sign. */
const code =
	/(?<![\p{L}\p{N}])(?:# ?[\p{L}\p{N}]{0,20}\p{Nd}{3}|(?<![\p{L}\p{N}][_/-])(?=[\p{Nd}_/-]{0,64}\p{L})(?=(?:[\p{L}_/-]{0,64}\p{Nd}){5})[\p{L}\p{N}])[\p{L}\p{N}]*(?:[-_/][\p{L}\p{N}]+)*(?![\p{L}\p{N}])/gu;
/** Amounts with thousands apart: 1.234.567 or 12 500 000, up to nine digits. */
const amount = /^\p{Nd}{1,3}(?:(?:\.\p{Nd}{3}){1,2}|(?: \p{Nd}{3}){1,2})$/u;

const shown = (kind: PersonalKind) => `‹${kind}›`;
const bare = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');

function maskPart(text: string): string {
	const coarse = text
		.replace(link, (found) => (telling.test(found) ? shown('link') : found))
		.replace(mail, shown('mail'))
		.replace(iban, maskIban);
	// A date keeps its digits; what stands around it is masked by itself.
	return coarse
		.split(date)
		.map((part, index) =>
			index % 2 === 1 ? part : part.replace(code, shown('order')).replace(digits, maskDigits)
		)
		.join('');
}

function maskIban(found: string): string {
	const pieces = found.split(/([ -])/u);
	for (let end = pieces.length; end > 0; end -= 2) {
		const head = pieces.slice(0, end).join('');
		if (isIban(bare(head))) return shown('iban') + pieces.slice(end).join('');
	}
	// Not a valid one, yet mostly digits: a mistyped account number.
	return bare(found).replace(/\P{Nd}/gu, '').length >= 10 ? shown('iban') : found;
}

/** ISO 13616: the country and check digits moved to the end leave 1 modulo 97. */
function isIban(compact: string): boolean {
	if (compact.length < 15 || compact.length > 34) return false;
	let rest = 0;
	for (const character of compact.slice(4) + compact.slice(0, 4))
		for (const digit of String(Number.parseInt(character, 36)))
			rest = (rest * 10 + Number(digit)) % 97;
	return rest === 1;
}

function maskDigits(found: string): string {
	const plain = bare(found);
	const together = plain.length === found.length;
	if (/^\(?(?:\+|00)/u.test(found)) return shown(plain.length >= 7 ? 'phone' : 'number');
	if (plain.length >= 13 && plain.length <= 19 && (!together || isLuhn(plain)))
		return shown('card');
	if (together) return shown(plain.startsWith('0') && plain.length >= 9 ? 'phone' : 'number');
	if (amount.test(found) || plain.length < 7) return found;
	return shown(plain.length <= 15 ? 'phone' : 'number');
}

/** ISO/IEC 7812: the check digit of card numbers. */
function isLuhn(plain: string): boolean {
	let sum = 0;
	[...plain].reverse().forEach((character, place) => {
		const digit = Number(character) * (place % 2 === 1 ? 2 : 1);
		sum += digit > 9 ? digit - 9 : digit;
	});
	return sum % 10 === 0;
}
