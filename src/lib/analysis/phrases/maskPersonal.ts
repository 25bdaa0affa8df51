/** Personal data in what people wrote: found and replaced by placeholders. */
import { maskNamed, maskRests, notCode } from './namedNumbers.ts';
import { aroundReadable, between, birth, isAmounts } from './readable.ts';

/** What a placeholder stands for; shown as ‹mail›, ‹card› and so on. */
export type PersonalKind = 'link' | 'mail' | 'iban' | 'card' | 'phone' | 'order' | 'number';

/** Counted up with the rules: what was made under others is then made anew. */
export const maskVersion = 3;

/**
 * Replaces personal data in a question by typed placeholders: mail addresses, IBANs, card numbers,
 * telephone numbers, order codes, other long numbers, and links that carry a token or a number,
 * whatever dashes, blanks, full stops, commas, colons, line ends or invisible characters stand within.
 * What `readable.ts` finds stays (dates, times, amounts, sizes, versions, error codes), as do other
 * numbers of up to four digits, or up to six in blocks, that no word beside them calls an order's or
 * the like (`namedNumbers.ts`); dates of birth do not. Names and postal addresses are not found. Where
 * a number could be personal or not, it is masked. Masking twice changes nothing; the text comes back in the Unicode form
 * NFKC, without invisible characters in its numbers and Latin words.
 */
export function maskPersonal(text: string): string {
	let masked = text.normalize('NFKC').replace(invisible, '').normalize('NFKC');
	if (!suspicious.test(masked)) return masked;
	// What a placeholder has taken away may show what stands beside it in another light.
	for (;;) {
		const before = masked;
		masked = before
			.split(placeholder)
			.map((part, index) => (index % 2 === 1 ? part : maskPart(part)))
			.join('');
		if (masked === before) return masked;
	}
}

/** The text without its placeholders. */
export function withoutPlaceholders(text: string): string {
	return text.includes('‹') ? text.replace(placeholder, ' ') : text;
}

/** Zero-width and direction marks; joiners only where no script or emoji needs them; keycaps. */
const invisible =
	/[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|\u034f|(?<=[\p{Nd}\p{Script=Latin}@.+-][\u200c\u200d]*)[\u200c\u200d]|(?<=\p{Nd})\ufe0f?\u20e3|(?<=\p{Nd})\ufe0f/gu;
/** What all personal data has one of: most questions have none and are done. */
const suspicious =
	/[\p{Nd}@]|:\/\/|www\.|\p{L}\.\p{L}{2,24}[/?#]|[([{<]\s?(?:at|ät|arroba)\s?[)\]}>]|\s(?:at|ät|arroba)\s+\S+(?:\.|\s*[([{]|\s+(?:dot|punkt|punto|point)\s|\s(?:com|de|net|org|fr|co|uk|ch|eu|es|nl|pl))/iu;
const placeholder = /(‹(?:link|mail|iban|card|phone|order|number)›)/gu;

const link = /(?<![\p{L}\p{N}])(?:[a-z][a-z+.-]{1,15}:\/\/|www\.)[^\s<>"‹›]+/giu;
/** Links without a scheme: x.com/reset?token=abc. */
const bareLink =
	/(?<![\p{L}\p{N}@.-])(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?::\p{Nd}{1,5})?[/?#][^\s<>"‹›]*/gu;
/** What makes a link personal: a query, a fragment, a login, a number, a long code. */
const telling = /[?#@]|\p{Nd}{4}|(?=[\w-]*\d)[\w-]{16}/u;
const bareTelling = /[?#][\p{L}\p{N}]|@|\p{Nd}{4}|(?=[\w-]*\d)[\w-]{16}/u;

const localMarks = String.raw`!#$%&'’*+\/=?^_\x60{|}~.\-`;
const local = String.raw`(?<![\p{L}\p{M}\p{N}${localMarks}])[\p{L}\p{M}\p{N}${localMarks}]{1,64}`;
const host = String.raw`[\p{L}\p{M}\p{N}-]{1,63}`;
const bracketed = (words: string) => String.raw`\s{0,2}[(\[{<]\s?(?:${words})\s?[)\]}>]\s{0,2}`;
const domains = 'com|de|net|org|fr|co|uk|ch|eu|es|nl|pl';
const dotted = String.raw`(?:\s?\.|\s\.\s(?=(?:${domains})(?!\p{L}))|${bracketed('dot|punkt|punto|point|\\.')}|\s+(?:dot|punkt|punto|point)\s+)`;
const spelled = String.raw`(?:${bracketed('dot|punkt|punto|point|\\.')}|\s+(?:dot|punkt|punto|point)\s+)`;
const at = String.raw`(?:\s{0,2}@\s{0,2}|%40|${bracketed('at|@|arroba|ät')})`;
const providers =
	'gmail|googlemail|gmx|web|yahoo|ymail|hotmail|outlook|live|msn|icloud|me|mac|aol|mail|proton|protonmail|pm|posteo|mailbox|t-online|freenet|orange|wanadoo|free|laposte|libero|virgilio|yandex|qq|163|zoho|fastmail';
const mails = [
	// a n n a @ g m x . d e
	String.raw`(?<![\p{L}\p{N}])(?:[\p{L}\p{N}._-]\s){2,64}@(?:\s[\p{L}\p{N}-]){2,64}\s\.(?:\s\p{L}){2,3}(?![\p{L}\p{N}])`,
	// "anna smith"@example.com
	String.raw`(?:"[^"\n@]{1,64}"|“[^”\n@]{1,64}”)${at}${host}(?:${dotted}${host})*`,
	// anna.smith@ example.com, anna (dot) smith [at] example [dot] com
	String.raw`${local}(?:${spelled}[\p{L}\p{N}_-]{1,63}){0,3}${at}${host}(?:${dotted}${host})+`,
	// anna@gmail
	String.raw`${local}@${host}`,
	// anna at gmail dot com; anna at gmail.com, yet not "look at example.com"
	String.raw`${local}(?:${spelled}[\p{L}\p{N}_-]{1,63}){0,3}\s+(?:at|ät|arroba)\s+(?:${host}(?:\.${host})*(?:${spelled}${host})+|(?:${providers})(?:(?:\.${host})+|\s(?:${domains})(?!\p{L})))`,
	String.raw`(?<![\p{L}\p{N}._-])(?=[\p{L}-]{0,63}[._\p{Nd}])[\p{L}\p{N}._-]{1,64}\s+(?:at|ät|arroba)\s+${host}(?:\.${host})*\.\p{L}{2,24}`
].map((pattern) => new RegExp(pattern, 'giu'));

const iban = new RegExp(
	String.raw`(?<![\p{L}\p{N}])[a-z]{2}${between}{0,2}\d{2}(?:${between}{0,2}[a-z\d]{4}){2,7}(?:${between}{0,2}[a-z\d]{1,4})?(?![\p{L}\p{N}])`,
	'giu'
);
/** Digits with what people write within telephone, card and account numbers. */
const digits = new RegExp(String.raw`[+(]{0,2}\p{Nd}(?:${between}{0,4}\p{Nd}){4,}`, 'gu');

/** Codes of at least five digits and a letter, and codes after a number sign. */
const code =
	/(?<![\p{L}\p{N}])(?:# ?(?=(?:[\p{L}_/-]{0,20}\p{Nd}){3})[\p{L}\p{N}]|(?<![\p{L}\p{N}][_/-])(?=[\p{Nd}_/-]{0,64}\p{L})(?=(?:[\p{L}_/-]{0,64}\p{Nd}){5})[\p{L}\p{N}])[\p{L}\p{N}]*(?:[-_/][\p{L}\p{N}]+)*(?![\p{L}\p{N}])/gu;
/** Shorter ones: ORD1234, ORD-1234, A1B2C3. */
const shortCode =
	/(?<![\p{L}\p{N}])(?:(?=[\p{Nd}]*\p{Script=Latin})(?=(?:\p{Script=Latin}{0,20}\p{Nd}){4})[\p{Script=Latin}\p{Nd}]{5,64}|\p{Lu}{1,8}[-_/–]\p{Nd}{4}|(?=[A-Z]*\d[A-Z\d]*[A-Z]\d)(?=(?:[A-Z]{0,20}\d){3})[A-Z\d]{6,64})(?![\p{L}\p{N}])/gu;

const shown = (kind: PersonalKind) => `‹${kind}›`;
const bare = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');
const digitsOf = (text: string) => text.replace(/\P{Nd}/gu, '').length;

function maskPart(text: string): string {
	const coarse = mails
		.reduce(
			(rest, mail) => rest.replace(mail, shown('mail')),
			text
				.replace(link, (found) => (telling.test(found) ? shown('link') : found))
				.replace(bareLink, (found) => (bareTelling.test(found) ? shown('link') : found))
		)
		.replace(birth, (_, before: string) => before + shown('number'))
		.replace(iban, maskIban);
	return aroundReadable(maskRests(coarse), (part) =>
		maskNamed(part)
			.replace(code, (found) => (notCode.test(found) ? found : shown('order')))
			.replace(shortCode, (found) => (notCode.test(found) ? found : shown('order')))
			.replace(digits, maskDigits)
	);
}

function maskIban(found: string): string {
	const pieces = found.split(/([^\p{L}\p{N}]+)/u);
	for (let end = pieces.length; end > 0; end -= 2) {
		const head = pieces.slice(0, end).join('');
		if (isIban(bare(head))) return shown('iban') + pieces.slice(end).join('');
	}
	// Not a valid one, yet mostly digits: a mistyped account number.
	return /^\p{L}{2}\p{Nd}{2}/u.test(found) && digitsOf(found) >= 10 ? shown('iban') : found;
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
	// "48213377, 2 items": what comes after a comma is another number if it is that short.
	const [, head = found, rest = ''] = /^(.*\p{Nd})(,\s\p{Nd}{1,2})$/su.exec(found) ?? [];
	if (rest) {
		const masked = maskDigits(head);
		if (masked !== head) return masked + rest;
	}
	const plain = bare(found);
	const together = plain.length === found.replace(/^[+(]+/u, '').length;
	if (/^\(?(?:\+|00)/u.test(found)) return shown(plain.length >= 7 ? 'phone' : 'number');
	if (plain.length >= 13 && plain.length <= 19 && (!together || isLuhn(plain)))
		return shown('card');
	if (together) return shown(plain.startsWith('0') && plain.length >= 9 ? 'phone' : 'number');
	if (isAmounts(found)) return found;
	if (plain.length < 7) return sortCode.test(found) ? shown('number') : found;
	return shown(plain.length <= 15 ? 'phone' : 'number');
}

/** Three equal blocks of two that are no date. */
const sortCode = /^\p{Nd}{2}([^\p{Nd},:])\p{Nd}{2}\1\p{Nd}{2}$/u;

/** ISO/IEC 7812: the check digit of card numbers. */
function isLuhn(plain: string): boolean {
	let sum = 0;
	[...plain].reverse().forEach((character, place) => {
		const digit = Number(character) * (place % 2 === 1 ? 2 : 1);
		sum += digit > 9 ? digit - 9 : digit;
	});
	return sum % 10 === 0;
}
