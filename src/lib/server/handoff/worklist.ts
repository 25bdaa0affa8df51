/** Reads the list that somebody reviews one after the other, from the address of its page. */
import { addDays } from '../../dates.ts';
import { formatWeek } from '../../format.ts';
import { verdictOf } from '../../handoff.ts';
import type { Log } from '../../week.ts';
import { isReviewedRow, type Worklist, type WorklistItem } from '../../worklist.ts';
import { readAsked } from '../handoffs/asked.ts';
import { listOf, readPage } from '../handoffs/handoffs.ts';
import { returnPath } from './returnPath.ts';
import { filterOf, lastWeekOf, readChoice, readScope, type Choice } from '../scope/scope.ts';
import { readWorst } from '../week/worst.ts';

const nowhere = '';

/**
 * The handoffs of a list, in its order.
 * @param list path and query of the page of a week, or of the list of handoffs
 * @returns null where the address is that of no list
 */
export async function readWorklist(list: string | null, log: Log): Promise<Worklist | null> {
	const path = returnPath(list, nowhere);
	if (list === null || path === nowhere) return null;
	const { pathname, searchParams } = new URL(path, 'http://seam.invalid');
	if (pathname === '/') return lowest(searchParams, log);
	return pathname === '/handoffs' ? listed(searchParams, log) : null;
}

async function lowest(parameters: URLSearchParams, log: Log): Promise<Worklist | null> {
	const choice = lastWeekOf(readChoice(parameters));
	const period = await periodOf(choice, log);
	if (!period) return null;
	const worst = await readWorst(filterOf(period, choice.chosen));
	const name = `Lowest-scoring handoffs, ${formatWeek(period.from)}`;
	const items = worst.map((handoff) => ({ ...handoff, isReviewed: verdictOf(handoff) !== null }));
	const list = `/?${parameters.toString()}` as const;
	return { list, name, back: `${list}#lowest`, items: items.map(itemOf) };
}

async function listed(parameters: URLSearchParams, log: Log): Promise<Worklist | null> {
	const choice = readChoice(parameters);
	const period = await periodOf(choice, log);
	if (!period) return null;
	const { asked, cursor } = readAsked(parameters);
	const of = await listOf(filterOf(period, choice.chosen), asked);
	const { rows } = await readPage(of, cursor);
	const items = rows.map((row) => ({
		...row,
		isReviewed: isReviewedRow(row)
	}));
	const list = `/handoffs?${parameters.toString()}` as const;
	return { list, name: 'The list of handoffs', back: list, items: items.map(itemOf) };
}

const itemOf = ({ handoff_id, handed_off_local, topic, isReviewed }: WorklistItem) => ({
	handoff_id,
	handed_off_local,
	topic,
	isReviewed
});

/** The period of a list; a week that the address names need not be looked for. */
async function periodOf(choice: Choice, log: Log): Promise<{ from: string; to: string } | null> {
	const { week, span, dates } = choice;
	if (week === null || dates !== null) return readScope(choice, log, 1);
	const to = addDays(week, 7);
	return { from: addDays(to, -7 * (span ?? 1)), to };
}
