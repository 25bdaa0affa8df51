import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Handoff as Line } from '../../second/records.ts';
import { localDay } from '../../second/clock.ts';
import {
	isCold,
	isLate,
	Log,
	rating,
	routingValue,
	waitAfter,
	waitBefore
} from '../../second/facts.ts';
import { readConversations, readHandoffs } from '../../second/records.ts';
import { readHandoff } from '../../../src/lib/server/handoff/handoff.ts';
import { saveReview } from '../../../src/lib/server/reviews/reviews.ts';
import { readWorst } from '../../../src/lib/server/week/worst.ts';
import { ever, TestStore } from '../store.ts';

const zone = 'Europe/Berlin';

describe('the lowest-scoring handoffs of the sample', () => {
	let store: TestStore;
	let lines: Line[];
	let log: Log;
	beforeAll(async () => {
		store = await TestStore.open();
		const files = await store.importSample();
		lines = readHandoffs(files.handoffs);
		log = new Log(lines, readConversations(files.conversations));
	});
	afterAll(() => store.close());

	const idOf = (line: Line) =>
		line.handoff_id ??
		`${line.conversation_id}@${new Date(line.handed_off_at).toISOString().replace('Z', '000Z')}`;

	/** The same list from the lines of the file. */
	function second(from: string, to: string, most: number, chosen: (line: Line) => boolean) {
		const modes = (line: Line) =>
			[
				isLate(line),
				isCold(line),
				line.announced === false,
				(line.human_requests ?? 0) >= 2,
				(routingValue(line) ?? 1) < 1 || (line.transfers ?? 0) > 0
			].filter((mode) => mode === true).length;
		const key = (line: Line) => [
			Math.round((log.score(line) ?? NaN) * 1e6),
			-modes(line),
			rating(line) ?? 9,
			-(waitAfter(line) ?? -1)
		];
		return lines
			.filter((line) => log.score(line) !== null && chosen(line))
			.filter((line) => {
				const day = localDay(line.handed_off_at, zone);
				return day >= from && day < to;
			})
			.sort((a, b) => {
				const [x, y] = [key(a), key(b)];
				const at = x.findIndex((part, index) => part !== y[index]);
				if (at >= 0) return (x[at] ?? 0) - (y[at] ?? 0);
				return idOf(a) < idOf(b) ? -1 : 1;
			})
			.slice(0, most);
	}

	it.each([
		['a week', '2026-11-09', '2026-11-16', 10, {}],
		['everything', '1990-01-01', '2040-01-01', 300, {}],
		['a choice', '2026-10-01', '2026-11-01', 25, { channel: ['chat'], topic: ['Refunds'] }]
	] as const)(
		'are those of the second computation, in order: %s',
		async (_, from, to, most, where) => {
			const chosen = Object.fromEntries(
				Object.entries(where).map(([name, values]) => [
					name,
					[...(values as readonly string[])]
				])
			) as { channel?: string[]; topic?: string[] };
			const found = await readWorst({ from, to, ...chosen }, most);
			const expected = second(
				from,
				to,
				most,
				({ channel, topic }) =>
					(chosen.channel?.includes(channel ?? '') ?? true) &&
					(chosen.topic?.includes(topic ?? '') ?? true)
			);
			expect(found.length).toBeGreaterThan(5);
			expect(found.map(({ handoff_id }) => handoff_id)).toEqual(expected.map(idOf));
			for (const [at, line] of expected.entries()) {
				expect(found[at]?.score).toBeCloseTo(log.score(line) ?? NaN, 9);
				expect(found[at]).toMatchObject({
					topic: line.topic,
					channel: line.channel,
					outcome: line.outcome,
					wait_before_s: waitBefore(line),
					wait_after_s: waitAfter(line),
					csat: rating(line),
					is_late: isLate(line),
					is_cold: isCold(line),
					context: line.context,
					review: null
				});
			}
		}
	);

	it('carry their reviews, and a page each that says the same of them', async () => {
		const [worst] = await readWorst(ever, 1);
		if (!worst) throw new Error('no handoff');
		await saveReview({ handoff_id: worst.handoff_id, necessary: false, lacked: 'authority' });
		const [again] = await readWorst(ever, 1);
		expect(again).toMatchObject({ review: { necessary: false, lacked: 'authority' } });
		const page = await readHandoff(worst.handoff_id);
		const { handed_off_local, ...rest } = again ?? worst;
		expect(page).toMatchObject(rest);
		expect(page?.handed_off_local.slice(0, 16)).toBe(handed_off_local);
	});
});

describe('one handoff', () => {
	let store: TestStore;
	beforeAll(async () => {
		store = await TestStore.open({ timezone: 'Europe/Berlin' });
		const line = {
			handoff_id: 'a/b?c#d %25 “é” \\',
			conversation_id: 'talk',
			customer_id: 'kim',
			topic: 'Billing',
			channel: 'chat',
			started_at: '2026-11-09T12:00:00Z',
			handed_off_at: '2026-11-09T12:10:00Z',
			wait_after_s: 90,
			handle_s: 300,
			outcome: 'resolved',
			resolved_at: '2026-11-09T12:20:00Z',
			context: 'transcript|records|articles',
			question: 'Why twice?'
		};
		await store.importRows('one', [
			line,
			{
				conversation_id: 'later',
				customer_id: 'kim',
				topic: 'Other',
				handed_off_at: '2026-11-11T12:20:00Z'
			}
		]);
	});
	afterAll(() => store.close());

	it('is found by an id of any characters, with its times on the team’s clock', async () => {
		const page = await readHandoff('a/b?c#d %25 “é” \\');
		expect(page).toMatchObject({
			conversation_id: 'talk',
			local_week: '2026-11-09',
			began_local: '2026-11-09T13:00:00',
			handed_off_local: '2026-11-09T13:10:00',
			// Nothing logged it: the wait says it.
			replied_local: '2026-11-09T13:11:30',
			resolved_local: '2026-11-09T13:20:00',
			next_contact_local: '2026-11-11T13:20:00',
			next_contact_after_s: 2 * 86_400,
			wait_before_s: 600,
			time_to_resolution_s: 1200,
			missing: ['summary', 'identity', 'reason'],
			components: { context: 0.4, routing: null },
			is_late: true,
			is_hidden: null,
			late_limit_s: 300,
			question: 'Why twice?'
		});
	});

	it('is none where no handoff has the id', async () => {
		expect(await readHandoff('talk')).toBeNull();
		expect(await readHandoff('')).toBeNull();
	});
});
