import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countsOf, refusal, TestStore } from './store.ts';

let store: TestStore;
beforeEach(async () => {
	store = await TestStore.open({ hash_identities: false });
});
afterEach(() => store.close());

const log = `Ticket,When,Kind,Why\nt1,2026-07-01 12:00:00,handoff,Refunds\nt2,2026-12-01 12:00:00,handoff,\nt3,2026-12-01 12:00:00,conversation,x\n`;
const mapping = `-- My desk
-- needs: Ticket, When
-- may have: Mood
-- zone: Europe/Berlin
select
	line,
	Kind as record,
	Ticket as conversation_id,
	case when Kind = 'handoff' then "When" end as handed_off_at,
	case when Kind = 'conversation' then "When" end as started_at,
	Why as topic,
	Mood as trigger,
	case when Why = 'bad' then 'Why' end as fault_field,
	case when Why = 'bad' then 'is ' || Why end as fault
from raw
`;

async function read(content: string, sql: string, options = {}) {
	const source = await store.write('desk.sql', sql);
	return store.import(await store.write('desk.csv', content), { source, ...options });
}
const refused = (content: string, sql: string) => refusal(read(content, sql));

describe('a mapping of the user', () => {
	it('gives records of both kinds, in a zone of its own, with columns that may be absent', async () => {
		const report = await read(log, mapping);
		expect(countsOf(report.total)).toEqual([3, 3, 0, 0, 0, 0]);
		expect(report.files[0]).toMatchObject({ source: 'desk', timezone: 'Europe/Berlin' });
		expect(
			await store.rows(
				'select conversation_id, handed_off_at, topic from handoffs order by 1'
			)
		).toEqual([
			{ conversation_id: 't1', handed_off_at: '2026-07-01 10:00:00', topic: 'Refunds' },
			{ conversation_id: 't2', handed_off_at: '2026-12-01 11:00:00', topic: null }
		]);
		expect(await store.rows('select conversation_id, started_at from conversations')).toEqual([
			{ conversation_id: 't3', started_at: '2026-12-01 11:00:00' }
		]);
	});

	it('gives way to --timezone', async () => {
		const report = await read(log, mapping, { timezone: 'America/New_York' });
		expect(report.files[0]?.timezone).toBe('America/New_York');
		expect(
			await store.column(`select handed_off_at from handoffs where topic = 'Refunds'`)
		).toEqual(['2026-07-01 16:00:00']);
	});

	it('is refused where it names a zone that does not exist', async () => {
		expect(await refused(log, mapping.replace('Berlin', 'Berlim'))).toMatch(
			/desk\.sql: Europe\/Berlim is no time zone/
		);
	});

	it('may refuse lines for reasons of its own', async () => {
		const report = await read(
			log + 't4,2026-12-01 12:00:00,handoff,bad\nt5,x,other,\n',
			mapping
		);
		expect(countsOf(report.total)).toEqual([5, 3, 0, 0, 0, 2]);
		expect(
			await store.rows(
				'select line::int as line, field, reason, raw, header from quarantine order by 1'
			)
		).toEqual([
			{
				line: 5,
				field: 'Why',
				reason: 'is bad',
				raw: 't4,2026-12-01 12:00:00,handoff,bad',
				header: 'Ticket,When,Kind,Why'
			},
			{
				line: 6,
				field: 'record',
				reason: 'is neither handoff nor conversation: “other”',
				raw: 't5,x,other,',
				header: 'Ticket,When,Kind,Why'
			}
		]);
	});

	it('may leave lines out and says how many', async () => {
		const report = await read(
			log,
			mapping.replace('from raw', `from raw where Ticket <> 't1'`)
		);
		expect(countsOf(report.total)).toEqual([2, 2, 0, 0, 0, 0]);
		expect(report.files[0]?.notes.join()).toContain('1 fewer');
	});

	it('has to pass line on, and a time', async () => {
		expect(await refused(log, mapping.replace('\tline,\n', ''))).toMatch(
			/desk\.sql passes no line on/
		);
		expect(await refused(log, 'select line, Ticket as conversation_id from raw')).toMatch(
			/neither handed_off_at/
		);
	});

	it('with an error in its SQL is named, with the error', async () => {
		expect(await refused(log, mapping.replace('Why as topic', 'Whyy as topic'))).toMatch(
			/desk\.sql does not fit .*desk\.csv: .*Whyy/
		);
		expect(await refused(log, 'selec 1')).toMatch(/desk\.sql does not fit .*syntax/);
		expect(
			await refused(log, mapping.replace('Ticket as conv', 'Ticket::int as conv'))
		).toMatch(/desk\.sql .*desk\.csv.*t1/);
	});

	it('whose line is no number is refused', async () => {
		expect(await refused(log, mapping.replace('\tline,', '\tTicket as line,'))).toMatch(
			/desk\.sql.*line/
		);
	});

	it('sees the log and no file, no store, and changes nothing', async () => {
		const secret = await store.write('secret.csv', 'a\n1\n');
		for (const sql of [
			`select line, Ticket as conversation_id, "When" as handed_off_at, (select a from read_csv('${secret}')) as topic from raw`,
			`copy (select 1) to '${secret}'`,
			`drop table records`,
			`${mapping}; drop table records`
		]) {
			expect(await refused(log, sql), sql).toMatch(/desk\.sql/);
		}
	});

	it('that is not there, or a source that does not exist, is named', async () => {
		const file = await store.write('log.csv', log);
		expect(await refusal(store.import(file, { source: '/nowhere/my.sql' }))).toBe(
			'There is no mapping at /nowhere/my.sql.'
		);
		expect(await refusal(store.import(file, { source: 'zenddesk' }))).toMatch(
			/no source named zenddesk\. Known: anonymous-bank, .*seam/
		);
		expect(await refusal(store.import(file, { timezone: 'Europe/Berlim' }))).toMatch(
			/Europe\/Berlim is no time zone/
		);
	});
});

describe('the source of a log', () => {
	it('is found from its columns and said', async () => {
		const seam = await store.import(
			await store.write(
				'a.csv',
				'conversation_id,started_at,handled_by\nc1,2026-11-09T14:00:00Z,ai\n'
			)
		);
		expect(seam.files[0]?.source).toBe('seam');
		expect(await store.column('select conversation_id from conversations')).toEqual(['c1']);
	});

	it('is asked for where none fits, with the columns and what each source needs', async () => {
		const said = await refusal(store.import(await store.write('odd.csv', 'a,b\n1,2\n')));
		expect(said).toMatch(
			/odd\.csv: its columns \(a, b\) fit no source: .*seam needs conversation_id, handed_off_at/
		);
	});

	it('that is named has to find the columns that it needs', async () => {
		const file = await store.write('odd.csv', 'conversation_id,b\n1,2\n');
		expect(await refusal(store.import(file, { source: 'seam' }))).toMatch(
			/odd\.csv lacks what seam needs: handed_off_at/
		);
	});

	it('says which columns it leaves out', async () => {
		const file = await store.write(
			'more.csv',
			'conversation_id,handed_off_at,Mood,Sky\nc1,2026-11-09T14:00:00Z,a,b\n'
		);
		expect((await store.import(file)).files[0]?.notes).toEqual([
			'Columns that are not in the format were left out: mood, sky.'
		]);
	});
});
