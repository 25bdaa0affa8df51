import { describe, expect, it } from 'vitest';
import { bankZone } from './bank.ts';
import { localDay, momentOf, mondayOf } from './clock.ts';
import { parseCells, parseLines } from './csv.ts';
import { handoff } from './making.ts';
import { conversationOf, handoffOf, merged } from './records.ts';

describe('reading', () => {
	it('quotes may hold separators, quotes and line ends', () => {
		expect(parseCells('a,"b,""c""\nd",e\r\n\r\nf,,\n')).toEqual([
			['a', 'b,"c"\nd', 'e'],
			['f', '', '']
		]);
	});

	it('lines of another length than the header are dropped, cells trimmed, empty ones null', () => {
		expect(parseLines('a,b\n 1 ,\n1\n1,2,3\n')).toEqual([{ a: '1', b: null }]);
	});

	it('lines that break the contract are no handoffs', () => {
		const good = { conversation_id: 'c', handed_off_at: '2026-11-09T12:00:00+01:00' };
		expect(handoffOf(good)?.handed_off_at).toBe(Date.UTC(2026, 10, 9, 11));
		const faults: Record<string, string>[] = [
			{ conversation_id: '' },
			{ handed_off_at: '' },
			{ handed_off_at: '2026-11-09T12:00:00' },
			{ started_at: '2026-02-30T10:00:00Z' },
			{ started_at: '2026-11-09T12:00:01+01:00' },
			{ first_human_reply_at: '2026-11-09T11:59:00+01:00' },
			{ resolved_at: '2026-11-09T11:59:00+01:00' },
			{ wait_after_s: '-1' },
			{ outcome: 'solved' },
			{ context: 'transcript|crystal_ball' },
			{ csat: '6' },
			{ csat: '4', csat_scale: '3' },
			{ confidence: '1.7' },
			{ transfers: '0.5' },
			{ announced: 'maybe' }
		];
		for (const bad of faults)
			expect(handoffOf({ ...good, ...bad }), JSON.stringify(bad)).toBeNull();
		expect(conversationOf({ conversation_id: 'c', started_at: '2026-11-09' })).toBeNull();
	});

	it('an empty context is unknown, "none" is known to be empty', () => {
		expect(handoff({}).context).toBeNull();
		expect(handoff({ context: 'none' }).context).toEqual([]);
		expect(handoff({ context: 'summary| transcript' }).context).toEqual([
			'summary',
			'transcript'
		]);
	});

	it('a later line adds what it carries and wipes nothing', () => {
		const key = { handoff_id: 'same', conversation_id: 'same' };
		const rows = [handoff({ ...key, outcome: 'resolved' }), handoff({ ...key, csat: '4' })];
		expect(merged(rows, (row) => row.handoff_id ?? '')).toMatchObject([
			{ outcome: 'resolved', csat: 4 }
		]);
	});
});

describe('clocks', () => {
	it('the local day is that of the zone, in summer and in winter', () => {
		expect(localDay(Date.UTC(2026, 6, 1, 22, 30), 'Europe/Berlin')).toBe('2026-07-02');
		expect(localDay(Date.UTC(2026, 11, 1, 22, 30), 'Europe/Berlin')).toBe('2026-12-01');
	});

	it('local clocks are read back to the moment they showed', () => {
		expect(momentOf(Date.UTC(1999, 0, 1, 0, 0, 31), bankZone)).toBe(
			Date.UTC(1998, 11, 31, 22, 0, 31)
		);
		expect(momentOf(Date.UTC(1999, 4, 10, 9), bankZone)).toBe(Date.UTC(1999, 4, 10, 6));
	});

	it('weeks begin on Monday', () => {
		expect(mondayOf('2026-11-15')).toBe('2026-11-09');
		expect(mondayOf('2026-11-09')).toBe('2026-11-09');
	});
});
