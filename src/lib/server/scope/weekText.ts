/** A week as people write it. */
import { UsageError } from '../../../../ingest/errors.ts';
import { isDate, isoWeeks, mondayOf, mondayOfWeek } from '../../dates.ts';

const shape = 'give an ISO week such as 2026-W46, or a day of it such as 2026-11-12';

/** Years that a week may lie in. */
const years = { first: '1970', last: '2100' };

/**
 * Monday of "2026-W46", or of the week that a date falls in.
 * @throws UsageError that names the value and what is allowed
 */
export function mondayOfText(text: string): string {
	const [, year, number] = /^(\d{4})-?W(\d\d)$/i.exec(text) ?? [];
	if (year === undefined && !isDate(text))
		throw new UsageError(`week=${text} is not a week; ${shape}.`);
	const found = year ?? text.slice(0, 4);
	if (found < years.first || found > years.last)
		throw new UsageError(
			`week=${text} lies outside ${years.first} to ${years.last}; ${shape}.`
		);
	if (year === undefined) return mondayOf(text);
	const week = Number(number);
	if (week < 1 || week > isoWeeks(year))
		throw new UsageError(
			`week=${text} is not a week: ${year} has the weeks W01 to W${isoWeeks(year)}; ${shape}.`
		);
	return mondayOfWeek(year, week);
}
