/** What has digits and is not personal: dates, times, amounts, years, sizes, versions, error codes. */

/** What people write between the blocks of a number, one character. */
export const between = String.raw`[\s.,:;\/\\()\[\]_+*|·•'’~\p{Pd}\u2212\u2043]`;

const dash = String.raw`[\/.\p{Pd}\u2212]`;
const year = String.raw`(?:19|20)\d\d`;
const month = '(?:0?[1-9]|1[0-2])';
const day = '(?:0?[1-9]|[12]\\d|3[01])';
const time = String.raw`(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,6})?)?`;
/** Other digits than 0 to 9, whose values are not looked at. */
const other = String.raw`[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]`;
const dayAndMonth = String.raw`(?:${day}${dash} ?${month}|${month}${dash} ?${day})${dash} ?`;
const dates = [
	String.raw`${year}${dash}${month}${dash}${day}`,
	String.raw`${dayAndMonth}${year}`,
	String.raw`${other}{4}${dash}${other}{1,2}${dash}${other}{1,2}`,
	String.raw`${other}{1,2}${dash}${other}{1,2}${dash}(?:${other}{4}|${other}{2})`
].join('|');
/** With a year of two digits, unless three more digits stand beside it, as they do in a number. */
const shortDate = String.raw`(?<!\p{Nd}(?:${between}{0,2}\p{Nd}){2}(?!, )${between}{1,2})${dayAndMonth}\d\d(?!(?!, |,? ${time})${between}{1,2}\p{Nd}(?:${between}{0,2}\p{Nd}){2})`;
const datesWithTime = String.raw`(?<![\p{L}\p{N}]|\p{N}${dash})(?:${dates}|${shortDate})(?:(?:T|,? )${time}(?: ?\p{Pd} ?${time}|Z)?)?(?![\p{L}\p{N}]|${dash}\p{Nd})`;
const eastern = String.raw`${year}[年년] ?${month}[月월](?: ?${day}[日일])?`;

/** Nothing of a longer number stands beside it; after a comma and a blank another begins. */
const apart = {
	before: String.raw`(?<![\p{L}\p{N}]|\p{Nd}(?!, )${between}{1,2})`,
	after: String.raw`(?![\p{L}\p{N}]|(?!, )${between}{1,2}\p{Nd})`
};
const years = String.raw`${apart.before}${year}(?:(?:, | ?[\/\p{Pd}] ?)${year}){1,2}${apart.after}`;
const times = String.raw`${apart.before}${time}(?: ?\p{Pd} ?${time})?(?![\p{N}]|${between}{1,2}\p{Nd})`;
/** 10.30-11.30 */
const hour = String.raw`(?:[01]?\d|2[0-3])\.[0-5]\d`;
const hours = String.raw`${apart.before}${hour} ?\p{Pd} ?${hour}${apart.after}`;
const currency =
	'(?:[€$£¥₹₺₽₩₫₱₴₪₦]|(?<!\\p{L})(?:EUR|USD|GBP|CHF|PLN|SEK|NOK|DKK|CZK|HUF|JPY|CAD|AUD|NZD|SGD|HKD|INR|PKR|IDR|VND|THB|PHP|MYR|KRW|CNY|RMB|TRY|BRL|MXN|ZAR|AED|SAR|ILS|RON|BGN|RUB|UAH|euros?|dollars?|pounds?|rupees?|pesos?|reais|yen|yuan|won|baht|rand|lei|zł|kr|Kč|Ft|Rs\\.?|Rp\\.?|руб\\.?|грн)(?!\\p{L}))';
const sum = String.raw`(?:\d{1,3}(?:[.,'’ ]\d{3}){1,3}|\d{1,6})(?:[.,]\d{1,2})?`;
const money = String.raw`${currency} ?${sum}${apart.after}|${apart.before}${sum} ?${currency}`;
const unit =
	'(?:%|(?:km|miles|kg|mAh|kWh|[KMGT]i?B|MBit|kbps|Mbps|points?|punkte?n?|pts|steps|rows|lines|pixels?)(?![\\p{L}\\p{N}]))';
const measures = String.raw`${apart.before}${sum} ?${unit}`;
/** iOS 17.4.1, Windows 10.0.19045: a word that says so, and one part at least of a single digit. */
const product =
	'(?:versions?|v|ver\\.?|release|update|build|firmware|app|sdk|api|i?os|ipados|watchos|macos|android|windows|linux|ubuntu|chrome|chromium|firefox|safari|edge|opera|node|java|python)';
const versions = String.raw`(?<![\p{L}\p{N}])${product}(?: (?:app|version|v))? ?v?(?=[\d.]*(?<!\d)\d(?!\d))\d{1,4}(?:\.\d{1,5}){1,3}(?![\p{L}\p{N}]|\.\d|(?!, )${between}{1,2}\p{Nd})`;
/** error 1016, Fehlercode E-1016, ERR_1016, 0x80070005 */
const fault = '(?:errors?|errno|err|exception|https?|fehler|erreur|errore|erro|fout|błąd|ошибка)';
const faultCode = String.raw`(?:0x[\da-f]{1,8}|[a-z]{1,2}[-_]?\d{1,5}|\d{1,5})`;
const faults = String.raw`(?<![\p{L}\p{N}])(?:${fault}[ -]?(?:(?:codes?|no\.?|nr\.?|number|nummer|status|d'erreur)(?![\p{L}\p{N}]))? ?[:#=]? ?${faultCode}|(?:code|código|codice) (?:d['’]erreur|de error|di errore|de erro) ?:? ?${faultCode}|ERR(?:OR)?_(?:[A-Z]{1,12}_)?\d{1,5}|0x[\da-f]{8})(?![\p{L}\p{N}_]|(?!, )${between}{1,2}\p{Nd})`;
const length = String.raw`\d{1,4}(?:[.,]\d{1,2})?`;
const sizes = String.raw`${apart.before}${length}(?: ?[x×] ?${length}){1,2} ?(?:cm|mm|m|in|px|ft)?(?![\p{L}\p{N}]|(?!, )${between}{0,2}[x×]?${between}{0,2}\p{Nd})`;

/** A date of birth: a word that says so, with what stands between. */
export const birth = new RegExp(
	String.raw`((?<![\p{L}\p{N}])(?:born|d\.?o\.?b\.?|birth ?(?:day|date)|date of birth|geboren|geb\.|geburtstag|geburtsdatum|née?|date de naissance|nacid[oa]|fecha de nacimiento|nat[oa]|data di nascita)(?:\s?(?:is|was|ist|war|on|am|est|le|el|es|il))?\s?:?\s?)(?:${dates}|${dayAndMonth}\d\d)(?!\p{N})`,
	'giu'
);

const readable = new RegExp(
	[datesWithTime, eastern, money, measures, years, hours, times, sizes, versions, faults].join(
		'|'
	),
	'giu'
);

/** Changes what stands before, between and after what is readable; that stays as it is. */
export function aroundReadable(text: string, change: (part: string) => string): string {
	let done = 0;
	let changed = '';
	for (const { 0: found, index } of text.matchAll(readable)) {
		changed += change(text.slice(done, index)) + found;
		done = index + found.length;
	}
	return changed + change(text.slice(done));
}

const point = String.raw`(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,6})\.\d\d`;
const comma = String.raw`(?:\d{1,3}(?:[. ]\d{3}){1,2}|\d{1,6}),\d\d`;
const amounts = new RegExp(`^(?:${point}(?:, ${point}){0,2}|${comma}(?:[,;] ${comma}){0,2})$`, 'u');

/** Whether digits are amounts with two decimals: 1.234.567,89, or 49.90, 12.50. */
export const isAmounts = (digits: string): boolean => amounts.test(digits);
