import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ndjson, TestStore, type Row } from './store.ts';

let store: TestStore;
beforeEach(async () => {
	store = await TestStore.open({ hash_identities: false, timezone: 'Europe/Berlin' });
});
afterEach(() => store.close());

const handoff = (id: string, more: Row = {}): Row => ({
	handoff_id: id,
	conversation_id: `c-${id}`,
	handed_off_at: '2026-11-09T14:03:22Z',
	...more
});
const read = async (rows: Row[], name = 'log.ndjson') =>
	store.import(await store.write(name, rows));
const fact = async (id: string) =>
	(await store.rows(`from handoff_facts where handoff_id = '${id}'`))[0];

/** Lines of few customers, topics and conversations over a week, some of them later lines of the same key. */
const someLines = fc.array(
	fc
		.record({
			isHandoff: fc.boolean(),
			conversation: fc.nat(60),
			customer: fc.option(fc.nat(8)),
			topic: fc.option(fc.constantFrom('a', 'b')),
			channel: fc.option(fc.constantFrom('chat', 'voice')),
			minute: fc.nat(10_000),
			later: fc.record({
				csat: fc.option(fc.integer({ min: 1, max: 5 })),
				outcome: fc.option(fc.constantFrom('resolved', 'abandoned')),
				handle_s: fc.option(fc.nat(900)),
				trigger: fc.option(fc.constantFrom('Low confidence', 'cancellation', 'odd'))
			})
		})
		.map(({ isHandoff, conversation, customer, topic, channel, minute, later }): Row => {
			const time = (more: number) =>
				new Date(Date.UTC(2026, 9, 22) + (minute + more) * 60_000).toISOString();
			const contact = {
				conversation_id: `c${conversation}`,
				topic,
				channel,
				customer_id: customer === null ? null : `p${customer}`
			};
			return isHandoff
				? {
						record: 'handoff',
						handoff_id: `h${conversation % 40}`,
						...contact,
						started_at: time(0),
						handed_off_at: time(5),
						...later
					}
				: {
						record: 'conversation',
						...contact,
						started_at: time(0),
						handled_by: 'ai',
						csat: later.csat
					};
		}),
	{ minLength: 100, maxLength: 400 }
);

describe('derived facts', () => {
	it('are the same whether a log comes at once or in five parts', async () => {
		for (const [seed, lines] of fc.sample(someLines, { numRuns: 4, seed: 5 }).entries()) {
			const whole = await TestStore.open({ timezone: 'Europe/Berlin' });
			const parts = await TestStore.open({ timezone: 'Europe/Berlin' });
			try {
				await parts.write('../identity.key', '00'.repeat(32));
				await whole.write('../identity.key', '00'.repeat(32));
				await whole.import(await whole.write('log.ndjson', lines));
				// Lines of one key keep their order; those of different keys are shuffled.
				const size = Math.ceil(lines.length / 5);
				for (let i = 0; i < 5; i++)
					await parts.import(
						await parts.write(`part${i}.ndjson`, lines.slice(i * size, (i + 1) * size))
					);
				const without = ['quarantine', 'handoffs', 'conversations'];
				expect(await parts.contents(without), `sample ${seed}`).toEqual(
					await whole.contents(without)
				);
			} finally {
				await whole.close();
				await parts.close();
			}
		}
	}, 60_000);

	it('are the same in whatever order the parts come, where no key comes twice', async () => {
		const [lines = []] = fc.sample(someLines, { numRuns: 1, seed: 9 });
		const once = [
			...new Map(
				lines.map((line) => [
					`${String(line.record)} ${String(line.handoff_id ?? line.conversation_id)}`,
					line
				])
			).values()
		];
		const all = await store.write('all.ndjson', once);
		await store.import(all);
		const facts = ['handoff_facts', 'conversation_facts', 'topic_pace'];
		const expected = await Promise.all(
			facts.map((table) => store.rows(`from ${table} order by all`))
		);
		const [order = []] = fc.sample(fc.shuffledSubarray(once, { minLength: once.length }), {
			numRuns: 1,
			seed: 3
		});
		const parts = await TestStore.open({ hash_identities: false, timezone: 'Europe/Berlin' });
		try {
			for (let i = 0; i < 5; i++)
				await parts.import(
					await parts.write(
						`part${i}.ndjson`,
						ndjson(order.filter((_, n) => n % 5 === i))
					)
				);
			for (const [i, table] of facts.entries())
				expect(await parts.rows(`from ${table} order by all`)).toEqual(expected[i]);
		} finally {
			await parts.close();
		}
	}, 60_000);

	it('are made anew for the rows that a change can reach, and for no others', async () => {
		const at = (minute: number) => new Date(Date.UTC(2026, 10, 9, 8, minute)).toISOString();
		await read([
			handoff('h1', { customer_id: 'p1', handed_off_at: at(0), topic: 'a' }),
			handoff('h2', { customer_id: 'p2', handed_off_at: at(1), topic: 'a' }),
			handoff('h3', { customer_id: 'p2', handed_off_at: at(2), topic: 'a' })
		]);
		await store.connection.run(`update handoff_facts set team = 'untouched'`);
		await read(
			[
				handoff('h4', {
					customer_id: 'p1',
					handed_off_at: '2026-11-10T08:00:00Z',
					topic: 'a'
				})
			],
			'more.ndjson'
		);
		expect(await store.rows('select handoff_id, team from handoff_facts order by 1')).toEqual([
			{ handoff_id: 'h1', team: null },
			{ handoff_id: 'h2', team: 'untouched' },
			{ handoff_id: 'h3', team: 'untouched' },
			{ handoff_id: 'h4', team: null }
		]);
		expect(await fact('h1')).toMatchObject({
			next_contact_at: '2026-11-10 08:00:00',
			next_same_topic_at: '2026-11-10 08:00:00'
		});
	});

	it.each([
		['2026-10-25T00:30:00Z', '2026-10-25 02:30:00', '2026-10-25', '2026-10-19'],
		['2026-10-25T01:30:00Z', '2026-10-25 02:30:00', '2026-10-25', '2026-10-19'],
		['2026-03-29T00:59:59Z', '2026-03-29 01:59:59', '2026-03-29', '2026-03-23'],
		['2026-03-29T01:00:00Z', '2026-03-29 03:00:00', '2026-03-29', '2026-03-23'],
		['2026-03-29T21:59:59Z', '2026-03-29 23:59:59', '2026-03-29', '2026-03-23'],
		['2026-03-29T22:00:00Z', '2026-03-30 00:00:00', '2026-03-30', '2026-03-30'],
		['2025-12-31T23:30:00Z', '2026-01-01 00:30:00', '2026-01-01', '2025-12-29'],
		['2027-01-03T12:00:00Z', '2027-01-03 13:00:00', '2027-01-03', '2026-12-28'],
		['2024-02-29T12:00:00Z', '2024-02-29 13:00:00', '2024-02-29', '2024-02-26']
	])('put %s on the local clock of the team: %s, week of %s', async (at, local, day, week) => {
		await read([handoff('h1', { handed_off_at: at })]);
		expect(await fact('h1')).toMatchObject({
			handed_off_local: local,
			local_day: day,
			local_week: week,
			local_month: day.slice(0, 8) + '01',
			local_hour: Number(local.slice(11, 13))
		});
	});

	it('read times without offset on the clock of their zone, also where it jumps', async () => {
		const file = await store.write(
			'naive.csv',
			'handoff_id,conversation_id,handed_off_at\nh1,c1,2026-07-01 12:00\nh2,c2,2026-10-25 02:30:00\nh3,c3,2026-03-29 02:30:00.5\n'
		);
		await store.import(file, { timezone: 'Europe/Berlin' });
		expect((await fact('h1'))?.handed_off_at).toBe('2026-07-01 10:00:00');
		expect(['2026-10-25 00:30:00', '2026-10-25 01:30:00']).toContain(
			(await fact('h2'))?.handed_off_at
		);
		expect(['2026-03-29 00:30:00.5', '2026-03-29 01:30:00.5']).toContain(
			(await fact('h3'))?.handed_off_at
		);
	});

	it('know the route by the trigger, in any spelling and by alias; the log has the last word', async () => {
		await store.apply({
			trigger_aliases: { 'Wants a human': 'customer_request', Oddity: 'unknown_one' }
		});
		const triggers = [
			'low_confidence',
			'Low Confidence',
			'low-confidence',
			'cancellation',
			'wants a HUMAN',
			'oddity',
			'New Thing'
		];
		await read([
			...triggers.map((trigger, i) => handoff(`h${i}`, { trigger })),
			handoff('h7', { trigger: 'cancellation', route: 'failure' }),
			handoff('h8')
		]);
		expect(
			(await store.rows('select trigger, route from handoff_facts order by handoff_id')).map(
				({ trigger, route }) => [trigger, route]
			)
		).toEqual([
			['low_confidence', 'failure'],
			['low_confidence', 'failure'],
			['low_confidence', 'failure'],
			['cancellation', 'topic'],
			['customer_request', 'failure'],
			['unknown_one', null],
			['New Thing', null],
			['cancellation', 'failure'],
			[null, null]
		]);
	});

	it('know late handoffs: by wait, requests or attempts; unknown where the log says none of them', async () => {
		await read([
			handoff('h0', { channel: 'chat', wait_before_s: 301 }),
			handoff('h1', { channel: 'Chat', wait_before_s: 300 }),
			handoff('h2', { channel: 'email', wait_before_s: 899 }),
			handoff('h3', { channel: 'email', wait_before_s: 901 }),
			handoff('h4', { human_requests: 2 }),
			handoff('h5', { ai_attempts: 3, wait_before_s: 1 }),
			handoff('h6', { ai_attempts: 2 }),
			handoff('h7')
		]);
		expect(await store.column('select is_late from handoff_facts order by handoff_id')).toEqual(
			[true, false, false, true, true, true, false, null]
		);
	});

	it('know cold and misrouted handoffs', async () => {
		await read([
			handoff('h0', { context: ['identity'] }),
			handoff('h1', { context: ['summary'], reasked: 1 }),
			handoff('h2', { context: ['summary'], reasked: 2 }),
			handoff('h3', { context: [] }),
			handoff('h4', { reasked: 0, queue: 'a', resolved_queue: 'a' }),
			handoff('h5', { queue: 'a', resolved_queue: 'b', transfers: 0 }),
			handoff('h6', { transfers: 0 }),
			handoff('h7', { transfers: 2 }),
			handoff('h8', { queue: 'a' })
		]);
		expect(await store.column('select is_cold from handoff_facts order by handoff_id')).toEqual(
			[true, false, true, true, false, null, null, null, null]
		);
		expect(
			await store.column('select is_misrouted from handoff_facts order by handoff_id')
		).toEqual([null, null, null, null, false, true, false, true, null]);
	});

	it('take waits from the times where the log has none, and say where the two disagree', async () => {
		const times = {
			started_at: '2026-11-09T14:00:00Z',
			handed_off_at: '2026-11-09T14:05:00Z',
			first_human_reply_at: '2026-11-09T14:07:00Z'
		};
		await read([
			handoff('h0', times),
			handoff('h1', { ...times, wait_before_s: 301, wait_after_s: 119 }),
			handoff('h2', { ...times, wait_before_s: 301.5 }),
			handoff('h3', { ...times, wait_after_s: 10 }),
			handoff('h4', { wait_before_s: 10 })
		]);
		const rows = await store.rows(
			'select wait_before_s as b, wait_after_s as a, coalesce(is_wait_disputed, false) as d from handoff_facts order by handoff_id'
		);
		expect(rows.map(({ b, a, d }) => [b, a, d])).toEqual([
			[300, 120, false],
			[301, 119, false],
			[301.5, 120, true],
			[300, 10, true],
			[10, null, false]
		]);
	});

	it('find the next contact of a customer after the grace time, by topic and at all', async () => {
		const minute = (n: number) => new Date(Date.UTC(2026, 10, 9, 8, n)).toISOString();
		const at = (n: number, more: Row) => ({
			customer_id: 'p1',
			topic: 'a',
			started_at: minute(n),
			handed_off_at: minute(n),
			resolved_at: minute(n + 1),
			...more
		});
		await read([
			handoff('h1', at(0, {})),
			handoff('h2', at(31, {})),
			handoff('h3', at(40, { topic: 'b' })),
			handoff('h4', at(90, {})),
			{
				conversation_id: 'x',
				handled_by: 'ai',
				started_at: minute(50),
				customer_id: 'p1',
				topic: 'b'
			},
			handoff('h5', at(10, { customer_id: null })),
			handoff('h6', at(45, { customer_id: 'p2' }))
		]);
		const time = (n: number) => minute(n).slice(0, 19).replace('T', ' ');
		expect(await fact('h1')).toMatchObject({
			next_same_topic_at: time(90),
			next_contact_at: time(40)
		});
		expect(await fact('h3')).toMatchObject({
			next_same_topic_at: null,
			next_contact_at: time(90)
		});
		expect(await fact('h4')).toMatchObject({ next_contact_at: null });
		expect(await fact('h5')).toMatchObject({ next_contact_at: null });
	});

	it('name the next contact anew when a later import adds one or changes it', async () => {
		const time = (day: number) => `2026-11-${String(day).padStart(2, '0')}T08:00:00Z`;
		const at = (id: string, day: number, more: Row) =>
			handoff(id, { customer_id: 'p1', handed_off_at: time(day), ...more });
		const next = async () => {
			const found = await fact('h1');
			return [
				found?.next_contact_conversation_id,
				found?.next_contact_topic,
				found?.next_contact_channel,
				...['same_topic', 'same_topic_channel', 'contact', 'channel'].map((name) =>
					String(found?.[`next_${name}_at`] ?? 'never').slice(8, 10)
				)
			];
		};
		await read([
			at('h1', 1, { topic: 'a', channel: 'chat' }),
			at('h5', 5, { topic: 'a', channel: 'chat' })
		]);
		expect(await next()).toEqual(['c-h5', 'a', 'chat', '05', '05', '05', '05']);
		await read([at('h4', 4, { topic: 'a', channel: 'voice' })], 'sooner.ndjson');
		expect(await next()).toEqual(['c-h4', 'a', 'voice', '04', '05', '04', '05']);
		await read([at('h4', 4, { topic: 'b', channel: 'chat' })], 'changed.ndjson');
		expect(await next()).toEqual(['c-h4', 'b', 'chat', '05', '05', '04', '04']);
		const record = { conversation_id: 'c-h4', topic: 'a', channel: 'email', customer_id: 'p1' };
		await read([{ ...record, started_at: time(3), handled_by: 'ai' }], 'record.ndjson');
		expect(await next()).toEqual(['c-h4', 'a', 'email', '03', '05', '03', '05']);
		await read([at('h4', 4, { customer_id: 'p2' })], 'another.ndjson');
		await read([{ ...record, customer_id: 'p2', started_at: time(3) }], 'moved.ndjson');
		expect(await next()).toEqual(['c-h5', 'a', 'chat', '05', '05', '05', '05']);
	});

	it('a second topic of the same conversation is no next contact', async () => {
		const at = (hour: number) => `2026-11-09T${String(hour).padStart(2, '0')}:00:00Z`;
		const of = (id: string, hour: number, topic: string, conversation_id: string) =>
			handoff(id, { customer_id: 'p1', handed_off_at: at(hour), topic, conversation_id });
		await read([of('h1', 8, 'a', 'x'), of('h2', 10, 'b', 'x'), of('h3', 12, 'b', 'y')]);
		expect(await fact('h1')).toMatchObject({
			next_contact_at: '2026-11-09 12:00:00',
			next_contact_conversation_id: 'y',
			next_same_topic_at: null
		});
	});

	it('count a handoff once where two spellings of its channel have a limit', async () => {
		await store.apply({ late_limit_s: { Chat: 400, chat: 600 } });
		await read([handoff('h1', { channel: 'CHAT', wait_before_s: 500 })]);
		expect(await store.column('select is_late from handoff_facts')).toEqual([false]);
	});

	it('are all made anew when a setting changes, and only then', async () => {
		await read([
			handoff('h1', {
				channel: 'email',
				wait_before_s: 500,
				handed_off_at: '2026-11-09T23:30:00Z'
			})
		]);
		expect(await fact('h1')).toMatchObject({ is_late: false, local_day: '2026-11-10' });
		await store.apply({ late_limit_s: { EMAIL: 400 } });
		expect(await fact('h1')).toMatchObject({ is_late: true, local_day: '2026-11-10' });
		await store.apply({ timezone: 'America/New_York' });
		expect(await fact('h1')).toMatchObject({ is_late: true, local_day: '2026-11-09' });
		await store.connection.run(`update handoff_facts set team = 'untouched'`);
		await store.apply({});
		expect(await fact('h1')).toMatchObject({ team: 'untouched' });
	});
});
