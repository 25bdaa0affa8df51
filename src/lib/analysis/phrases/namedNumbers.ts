/** Numbers that words call an order's, a customer's, a card's or a telephone's. */
import type { PersonalKind } from './maskPersonal.ts';

/** Years and quantities that look like codes: FY2024, 2024er, 1080p, 1500ml. */
export const notCode =
	/^(?:(?:fy|cy|[qh][1-4][-/]?|covid-|\p{L}{2,8}-)?(?:19|20)\d\d(?:er|ern|s)?|\d{4}(?:k|kg|g|mg|lb|lbs|oz|l|ml|cl|m|mm|cm|km|ft|px|p|dpi|w|kw|wh|kwh|v|a|mah|hz|mhz|rpm|kb|mb|gb|tb|x|h|s|ms|min|th|st|nd|rd|er))$/iu;

const numberWord = String.raw`(?:no\.?|nr\.?|n°|nº|number|nummer|num\.?|numéro|número|numero|id)`;
const compounds = String.raw`\p{L}{2,20}-?(?:nummer|nr\.?)n?|cv[vc]2?`;
const nouns = [
	'orders?|bestell|bestellung(?:en)?|auftr[aä]ge?s?|commandes?|pedidos?|ordin[ei]|bestelling(?:en)?',
	'tickets?|cases?|invoices?|rechnung(?:en)?|factures?|facturas?|fattur[ae]|ref\\.?|references?|référence|referenz',
	'bookings?|reservations?|réservations?|buchung(?:en)?|tracking|suivi|dossier',
	'parcels?|packages?|shipments?|returns?|(?:rück)?sendung(?:en)?|lieferscheine?',
	'pakete?|retouren?|retours?|rma|colis',
	'accounts?|konto|kontos|konten|compte|customers?|kunden?|client|policy|contracts?|vertrag|verträge|member(?:ship)?|mitglied|serial|pin|code|otp|passcode'
].join('|');
const cards = String.raw`\p{L}{0,20}(?:cards?|karten?)|cartes?|tarjetas?|visa|mastercard|maestro|amex`;
const phones =
	'(?:tele|cell)?phones?|telefon|téléphone|telefono|teléfono|tel\\.?|tél\\.?|mobile|handy|fax|whatsapp';
const what = String.raw`(?:(?:num[ée]ro|número|nummer|n°)\s(?:de\s(?:la\s)?|d['’]|der\s|della?\s))?(?:${compounds}|(?:${nouns}|${cards}|${phones})(?:s?-?nummer|s?-?nr\.?)?(?:[\s-]?${numberWord})?|no\.|nr\.?|n°|nº|number|nummer|numéro|número|numero|id)`;
const is = '(?:is|ist|was|war|are|sind|waren|lautet|lauten|lautete|est|sont|était|es|è)';
const open = String.raw`[\s:=("'“„”«»‚‘’[\p{Pd},*_~<\x60]{0,6}`;
const number = String.raw`(?=\S{0,24}\p{Nd})(?:# ?)?[\p{L}\p{N}]+(?:(?:[._/]|\p{Pd})[\p{L}\p{N}]+|(?<=\p{Nd}) \p{Nd}{3,}|(?<=(?<!\p{N})\p{Nd}{2,3}) \p{Nd}{2}(?!\p{N}))*`;
const and = String.raw`(?:\s?[,;&+\/]\s?(?:(?:and|und|et|or|oder|ou|y)\s)?|\s(?:and|und|et|or|oder|ou|y)\s)`;
const counted =
	/^\s(?:items?|pieces?|pcs|stück|artikel|articles?|times?|mal|fois|days?|tagen?|jours?|weeks?|wochen?|semaines?|months?|monaten?|mois|years?|jahren?|ans|hours?|stunden?|heures?|minutes?|minuten)(?!\p{L})/iu;

const named = new RegExp(
	String.raw`(?<![\p{L}\p{N}])(${what})((?:\s${is})?${open})(${number}(?:${and}${number}){0,20})`,
	'giu'
);
const eachNumber = new RegExp(number, 'giu');
/** 4711 is my order number. */
const namedAfter = new RegExp(
	String.raw`(?<![\p{L}\p{N}]|\p{N}[.,:\/-])(?=\S{0,24}\p{Nd})((?:# ?)?[\p{L}\p{N}]+(?:(?:[._/]|\p{Pd})[\p{L}\p{N}]+)*)(\s${is}\s(?:(?:my|the|our|your|meine?|die|der|das|unsere|mon|ma|le|la|notre)\s)?)(${what})(?!\p{L})`,
	'giu'
);
/** Card ending in 1234, last four digits 1234. */
const lastDigits =
	/(?<!\p{L})((?:(?:\p{L}{0,20}(?:cards?|karten?|konto|nummer)|cartes?|tarjeta|accounts?|compte|phone|number|numéro|iban|visa|mastercard|maestro|amex)\s(?:[\p{L}]{1,10}\s){0,2}(?:ending|ends?|endet|enden|endend|terminant|terminée?|termine|terminada|finit|finissant)|(?:mit\s)?endziffern?|(?:last|letzten?|derniers|quatre derniers)\s(?:(?:four|4|vier|quatre)\s?)?(?:digits|ziffern|stellen|chiffres)|last\s(?:four|4))(?:\s(?:in|with|on|auf|mit|par|en|of|are|is|sind|lauten|sont)){0,2}\s?:?\s?)["'“„(]?\p{Nd}{2,5}(?!\p{N}|[.,/:]\p{N})/giu;
/** Cards and telephones that were partly hidden: 411111******1111, xxxx 1111. */
const hidden =
	/(?<!\p{N})(?:\p{Nd}[\p{Nd} .-]{0,12}(?:[*•●∗x][ .-]?){2,16}\p{Nd}{2,4}|(?:(?:[*•●∗][ .-]?){3,16}|(?<!\p{L})(?:x[ .-]?){4,16})\p{Nd}{3,4})(?!\p{N})/giu;

/** The beginning of an IBAN: IBAN DE 89 3704. */
const ibanPart =
	/(?<!\p{L})(iban(?:\s(?:is|ist|lautet|est|es|è))?[\s:="'(]{1,4})(?!in\s)[a-z]{2}\s?\d{2}(?:[\s.-]?(?=[a-z\d]{0,3}\d)[a-z\d]{1,4}(?!\p{L})){0,8}(?![\p{L}\p{N}])/giu;

const shown = (kind: PersonalKind) => `‹${kind}›`;

/** Replaces the rest of partly hidden cards and IBANs, and last digits that words call that. */
export function maskRests(text: string): string {
	return text
		.replace(hidden, shown('card'))
		.replace(ibanPart, (_, before: string) => before + shown('iban'))
		.replace(lastDigits, (_, before: string) => before + shown('number'));
}

/** Replaces numbers that a word beside them calls an order's, a customer's, a card's and so on. */
export function maskNamed(text: string): string {
	return text
		.replace(namedAfter, (found, number: string, between: string, words: string) =>
			isNamed(words, number, '') ? kindOf(words) + between + words : found
		)
		.replace(
			named,
			(found, words: string, between: string, numbers: string, at: number, all: string) => {
				const after = all.slice(at + found.length);
				const masked = numbers.replace(eachNumber, (one, place: number) =>
					isNamed(words, one, place + one.length === numbers.length ? after : '')
						? kindOf(words)
						: one
				);
				return words + between + masked;
			}
		);
}

const digitsOf = (text: string) => text.replace(/\P{Nd}/gu, '').length;
const asWhole = (pattern: string) => new RegExp(`^(?:${pattern})`, 'iu');
const ofCard = asWhole(cards);
const ofPhone = asWhole(`${phones}|telefon|handy|mobil|rufn`);
const ofCode = asWhole('code|pin|id|n');
const isCompound = new RegExp(`^(?:${compounds})$`, 'iu');
/** Two words at least, one of which says number; or a noun with nummer. */
const saysNumber = new RegExp(
	String.raw`\p{L}[\p{L}.]+[\s-]${numberWord}$|^(?:num[ée]ro|número|nummer|n°)\s\S`,
	'iu'
);
const dashed = /^\p{L}{1,4}\p{Pd}\p{Nd}{2,}$/u;

/** AB12CD, 4XK27: letters and digits in turn, as no product is called. */
const mixed =
	/^(?=.{5})(?:\p{Lu}{1,20}\p{Nd}{1,20}\p{Lu}|\p{Nd}{1,20}\p{Lu}{1,20}\p{Nd})[\p{Lu}\p{Nd}]*$/u;

/** What belongs to a longer number is left to the rules for those; phone 14.2.1 is no number. */
const longer = /^[\s.\p{Pd}]{1,4}\p{Nd}{3}/u;
const version = /^\p{Nd}{1,2}(?:\.\p{Nd}{1,2}){1,3}$/u;

const kindOf = (words: string) =>
	shown(ofCard.test(words) ? 'card' : ofPhone.test(words) ? 'phone' : 'order');

function isNamed(words: string, number: string, after: string): boolean {
	const count = digitsOf(number);
	if (number.startsWith('#')) return count >= 2;
	if (isCompound.test(words) || saysNumber.test(words)) return count >= 2 && !longer.test(after);
	if (notCode.test(number)) return false;
	if (ofCard.test(words) || ofPhone.test(words))
		return count >= 4 && count < 7 && !version.test(number) && !longer.test(after);
	if (dashed.test(number) || mixed.test(number)) return !ofCode.test(words);
	return count >= 4 && !counted.test(after);
}
