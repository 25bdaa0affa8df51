/** What has digits and is not personal: dates, times, amounts of money, years, sizes. */

/** What people write between the blocks of a number, one character. */
export const between = String.raw`[\s.,:;\/\\()\[\]_+*|·•'’~\p{Pd}\u2212\u2043]`;

const dash = String.raw`[\/.\p{Pd}\u2212]`;
const year = String.raw`(?:19|20)\d\d`;
const month = '(?:0?[1-9]|1[0-2])';
const day = '(?:0?[1-9]|[12]\\d|3[01])';
const time = String.raw`(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,6})?)?`;
/** Other digits than 0 to 9, whose values are not looked at. */
const other = String.raw`[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]`;
const dates = [
	String.raw`${year}${dash}${month}${dash}${day}`,
	String.raw`(?:${day}${dash} ?${month}|${month}${dash} ?${day})${dash} ?(?:${year}|\d\d)`,
	String.raw`${other}{4}${dash}${other}{1,2}${dash}${other}{1,2}`,
	String.raw`${other}{1,2}${dash}${other}{1,2}${dash}(?:${other}{4}|${other}{2})`
].join('|');
const datesWithTime = String.raw`(?<![\p{L}\p{N}]|\p{N}${dash})(?:${dates})(?:(?:T|,? )${time}(?: ?\p{Pd} ?${time}|Z)?)?(?![\p{L}\p{N}]|${dash}\p{Nd})`;
const eastern = String.raw`${year}[年년] ?${month}[月월](?: ?${day}[日일])?`;

/** Nothing of a longer number stands beside it; after a comma and a blank another begins. */
const apart = {
	before: String.raw`(?<![\p{L}\p{N}]|\p{Nd}(?!, )${between}{1,2})`,
	after: String.raw`(?![\p{L}\p{N}]|(?!, )${between}{1,2}\p{Nd})`
};
const years = String.raw`${apart.before}${year}(?:(?:, | ?[\/\p{Pd}] ?)${year}){1,2}${apart.after}`;
const times = String.raw`${apart.before}${time}(?: ?\p{Pd} ?${time})?(?![\p{N}]|${between}{1,2}\p{Nd})`;
const currency =
	'(?:[€$£¥₹₺₽₩]|(?<!\\p{L})(?:EUR|USD|GBP|CHF|PLN|SEK|NOK|DKK|CZK|HUF|JPY|CAD|AUD|INR|TRY|BRL|euros?|dollars?|pounds?|zł|kr)(?!\\p{L}))';
const sum = String.raw`(?:\d{1,3}(?:[.,'’ ]\d{3}){1,2}|\d{1,6})(?:[.,]\d{1,2})?`;
const money = String.raw`${currency} ?${sum}${apart.after}|${apart.before}${sum} ?${currency}`;
const length = String.raw`\d{1,4}(?:[.,]\d{1,2})?`;
const sizes = String.raw`${apart.before}${length}(?: ?[x×] ?${length}){1,2} ?(?:cm|mm|m|in|px|ft)?(?![\p{L}\p{N}]|(?!, )${between}{0,2}[x×]?${between}{0,2}\p{Nd})`;

const readable = new RegExp([datesWithTime, eastern, money, years, times, sizes].join('|'), 'giu');

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
