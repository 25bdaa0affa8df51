const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();
const quarterHour = 900_000;

/** How far the clocks of a zone are ahead of UTC at a moment; both in milliseconds. */
function offsetAt(moment: number, timezone: string): number {
	const quarter = Math.floor(moment / quarterHour) * quarterHour;
	const key = `${timezone} ${quarter}`;
	const known = offsets.get(key);
	if (known !== undefined) return known;
	let format = formats.get(timezone);
	if (!format) {
		format = new Intl.DateTimeFormat('en-GB', {
			timeZone: timezone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric'
		});
		formats.set(timezone, format);
	}
	const parts = Object.fromEntries(
		format.formatToParts(quarter).map(({ type, value }) => [type, Number(value)])
	);
	const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
	const offset = Date.UTC(year, month - 1, day, hour, minute, second) - quarter;
	offsets.set(key, offset);
	return offset;
}

const days = new Map<string, Map<number, string>>();

/** Local date 'YYYY-MM-DD' of a moment; what was once found is kept, every metric asks again. */
export function localDay(moment: number, timezone: string): string {
	let known = days.get(timezone);
	if (!known) days.set(timezone, (known = new Map<number, string>()));
	let day = known.get(moment);
	if (day === undefined) {
		day = new Date(moment + offsetAt(moment, timezone)).toISOString().slice(0, 10);
		known.set(moment, day);
	}
	return day;
}

const mondays = new Map<string, string>();

/** The moment at which the clocks of a zone show what `wall` would be in UTC. */
export function momentOf(wall: number, timezone: string): number {
	const guess = wall - offsetAt(wall, timezone);
	return wall - offsetAt(guess, timezone);
}

/** Monday of the week of a date. */
export function mondayOf(day: string): string {
	let monday = mondays.get(day);
	if (monday === undefined) {
		const date = new Date(`${day}T00:00:00Z`);
		while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() - 1);
		monday = date.toISOString().slice(0, 10);
		mondays.set(day, monday);
	}
	return monday;
}
