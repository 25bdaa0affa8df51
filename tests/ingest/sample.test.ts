import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { fieldsOf, outcomes, readRecord } from '../../ingest/contract.ts';
import { failureTriggers, topicTriggers } from '../../ingest/triggers.ts';
import { channels, languages, topics } from '../../ingest/sample/shop.ts';
import { grouped, numbersOf, sampled, shareOf, type Sampled } from './sampled.ts';

const options = { weeks: 30, conversations: 20_000, seed: 7, end: '2026-11-21' };
let sample: Sampled;
beforeAll(async () => {
	sample = await sampled(options);
}, 60_000);

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const seconds = (time: string | undefined) => Date.parse(time ?? '') / 1000;

describe('the sample log', () => {
	it('is the same to the byte for the same options', async () => {
		const again = await sampled(options);
		expect(sha256(again.handoffs.text)).toBe(sha256(sample.handoffs.text));
		expect(sha256(again.conversations.text)).toBe(sha256(sample.conversations.text));
		expect(again.truthText).toBe(sample.truthText);
	});

	it('differs for another seed', async () => {
		const small = { ...options, weeks: 2, conversations: 300 };
		const texts = new Set<string>();
		for (const seed of [7, 8, 7 + 2 ** 32])
			texts.add((await sampled({ ...small, seed })).handoffs.text);
		expect(texts.size).toBe(3);
	});

	it('has the columns of the contract and the hashes that truth.json names', () => {
		expect(sample.handoffs.columns).toEqual(fieldsOf('handoff').map(({ name }) => name));
		expect(sample.conversations.columns).toEqual(
			fieldsOf('conversation').map(({ name }) => name)
		);
		const [handoffs, conversations] = sample.truth.files;
		expect(handoffs).toMatchObject({
			name: 'handoffs.csv',
			sha256: sha256(sample.handoffs.text),
			lines: sample.handoffs.lines.length
		});
		expect(conversations).toMatchObject({
			name: 'conversations.csv',
			sha256: sha256(sample.conversations.text),
			lines: sample.conversations.lines.length
		});
		expect(sample.truth.made_by).toBe('seam sample');
		expect(sample.truth.options).toEqual(options);
	});

	it('has as many conversations as asked for, and their handoffs', () => {
		expect(sample.conversations.rows).toHaveLength(20_000);
		expect(sample.truth.conversations).toBe(20_000);
		expect(sample.truth.handoffs).toBe(sample.handoffs.rows.length);
		const known = new Set(sample.conversations.rows.map((row) => row.conversation_id));
		expect(known.size).toBe(20_000);
		expect(sample.handoffs.rows.every((row) => known.has(row.conversation_id))).toBe(true);
	});

	it('lies within its full weeks, the first and the last day included', () => {
		const { first_day, last_day } = sample.truth;
		expect([first_day, last_day]).toEqual(['2026-04-20', '2026-11-15']);
		const days = sample.conversations.rows
			.map((row) => row.started_at?.slice(0, 10) ?? '')
			.sort();
		expect([days.at(0), days.at(-1)]).toEqual([first_day, last_day]);
		const handed = sample.handoffs.rows
			.map((row) => row.handed_off_at?.slice(0, 10) ?? '')
			.sort();
		expect(handed.at(-1)).toBe(last_day);
	});

	it('writes the offset of the day on both sides of October', () => {
		for (const { started_at = '' } of sample.conversations.rows) {
			const date = started_at.slice(0, 10);
			if (date !== '2026-10-25')
				expect(started_at.slice(19)).toBe(date < '2026-10-25' ? '+02:00' : '+01:00');
		}
	});

	it('refuses options that are out of range, by name', async () => {
		await expect(sampled({ weeks: 0 })).rejects.toThrow('weeks must be a whole number');
		await expect(sampled({ conversations: 1.5 })).rejects.toThrow('conversations must be');
		await expect(sampled({ end: '2026-13-01' })).rejects.toThrow('“2026-13-01” is not a date');
	});

	it('can be as small as one conversation', async () => {
		const tiny = await sampled({ weeks: 1, conversations: 1, end: '2026-11-21' });
		expect(tiny.conversations.rows).toHaveLength(1);
	});
});

describe('good lines', () => {
	it('are read by the contract without fault', () => {
		for (const row of sample.handoffs.rows)
			expect(readRecord('handoff', row)).toHaveProperty('value');
		for (const row of sample.conversations.rows)
			expect(readRecord('conversation', row)).toHaveProperty('value');
	});

	it('have clocks that run forwards and waits that agree with them', () => {
		for (const row of sample.handoffs.rows) {
			const times = [
				row.started_at,
				row.handed_off_at,
				row.first_human_reply_at,
				row.resolved_at
			]
				.filter((time) => time)
				.map(seconds);
			expect(times).toEqual([...times].sort((a, b) => a - b));
			const { started_at, wait_before_s, first_human_reply_at, wait_after_s } = row;
			if (started_at && wait_before_s)
				expect(seconds(row.handed_off_at) - seconds(started_at)).toBe(
					Number(wait_before_s)
				);
			if (first_human_reply_at && wait_after_s)
				expect(seconds(first_human_reply_at) - seconds(row.handed_off_at)).toBe(
					Number(wait_after_s)
				);
		}
	});

	it('leave waits empty where the times stand, and times where the waits stand', () => {
		const { rows } = sample.handoffs;
		for (const [time, wait] of [
			['started_at', 'wait_before_s'],
			['first_human_reply_at', 'wait_after_s']
		] as const) {
			expect(rows.some((row) => row[time] && !row[wait])).toBe(true);
			expect(rows.some((row) => !row[time] && row[wait])).toBe(true);
		}
	});

	it('follow the chain of handbacks: a later handoff begins after the one before', () => {
		const chains = [...grouped(sample.handoffs.rows, 'conversation_id').values()];
		expect(chains.some((chain) => chain.length > 1)).toBe(true);
		for (const chain of chains)
			for (const [i, row] of chain.entries()) {
				const before = chain[i - 1];
				if (!before) continue;
				expect(['returned_to_ai', '']).toContain(before.outcome);
				expect(seconds(row.handed_off_at)).toBeGreaterThan(seconds(before.handed_off_at));
			}
	});
});

describe('the made-up shop', () => {
	it('hands over 18 to 22 % of conversations, some of them more than once', () => {
		const { handoffs, conversations } = sample;
		const handed = new Set(handoffs.rows.map((row) => row.conversation_id)).size;
		expect(handed / conversations.rows.length).toBeGreaterThan(0.18);
		expect(handed / conversations.rows.length).toBeLessThan(0.22);
		expect(handoffs.rows.length).toBeGreaterThan(handed * 1.01);
	});

	it('shows every trigger, outcome, channel, language, topic, tier and version', () => {
		const seen = (column: string) => new Set(sample.handoffs.rows.map((row) => row[column]));
		expect(seen('trigger')).toEqual(new Set([...failureTriggers, ...topicTriggers, '']));
		expect(seen('outcome')).toEqual(new Set([...outcomes, '']));
		expect(seen('channel')).toEqual(new Set(channels));
		expect(seen('language')).toEqual(new Set([...languages, '']));
		expect(seen('topic')).toEqual(new Set([...topics.map(({ name }) => name), '']));
		expect(seen('customer_tier')).toEqual(new Set(['standard', 'plus', 'business', '']));
		expect(seen('ai_version').size).toBe(sample.truth.ai_versions.length + 1);
		expect(seen('necessary')).toEqual(new Set(['true', 'false', '']));
		expect(seen('route')).toEqual(new Set(['failure', 'topic', '']));
		expect(seen('context')).toContain('none');
	});

	it('hears back from a quarter to a third of handoffs and never off the scale', () => {
		const { rows } = sample.handoffs;
		const answered = shareOf(rows, (row) => row.csat !== '');
		expect(answered).toBeGreaterThan(0.25);
		expect(answered).toBeLessThan(0.35);
		expect(new Set(numbersOf(rows, 'csat'))).toEqual(new Set([1, 2, 3, 4, 5]));
	});

	it('sees customers again within a week on the same topic, AI-only ones as well', () => {
		const last = new Map<string, { at: number; handed: boolean }>();
		const handed = new Set(sample.handoffs.rows.map((row) => row.conversation_id));
		const back = { ai: 0, handed: 0 };
		for (const row of sample.conversations.rows) {
			if (!row.customer_id) continue;
			const key = `${row.customer_id} ${row.topic}`;
			const at = seconds(row.started_at);
			const before = last.get(key);
			if (before && at - before.at < 7 * 86_400) back[before.handed ? 'handed' : 'ai']++;
			last.set(key, { at, handed: handed.has(row.conversation_id) });
		}
		expect(back.ai / 20_000).toBeGreaterThan(0.05);
		expect(back.handed / sample.handoffs.rows.length).toBeGreaterThan(0.08);
	});

	it('has people at work from 8 to 20, on email to 22', () => {
		for (const { channel, first_human_reply_at } of sample.handoffs.rows) {
			if (!first_human_reply_at) continue;
			const h = Number(first_human_reply_at.slice(11, 13));
			expect(h).toBeGreaterThanOrEqual(8);
			expect(h).toBeLessThanOrEqual(channel === 'email' ? 21 : 20);
		}
	});
});

describe('bad lines', () => {
	it('are thirteen handoffs and four conversations of different kinds', () => {
		const kinds = (name: string) =>
			sample.truth.bad_lines.filter(({ file }) => file === name).map(({ kind }) => kind);
		expect(new Set(kinds('handoffs.csv')).size).toBe(13);
		expect(kinds('handoffs.csv')).toHaveLength(13);
		expect(new Set(kinds('conversations.csv')).size).toBe(4);
		expect(kinds('conversations.csv')).toHaveLength(4);
	});

	it('stand at the lines named and are refused for the reason named', () => {
		for (const { file, line, field, reason } of sample.truth.bad_lines) {
			const isHandoff = file === 'handoffs.csv';
			const { bad, lines, columns } = isHandoff ? sample.handoffs : sample.conversations;
			const row = bad.get(line) ?? {};
			const read = readRecord(isHandoff ? 'handoff' : 'conversation', row);
			if (field === null) {
				const cells = lines[line - 1]?.split(',').length ?? 0;
				expect(cells).not.toBe(columns.length);
				continue;
			}
			expect(read).toMatchObject({ fault: { field } });
			expect(
				'fault' in read && read.fault.reason.startsWith(reason),
				`${field} ${reason}`
			).toBe(true);
		}
	});
});

describe('docs/sample-log.md', () => {
	it('names what is planted and the quiet topics', async () => {
		const page = await readFile('docs/sample-log.md', 'utf8');
		for (const { id } of sample.truth.planted) expect(page).toContain(`\`${id}\``);
		const quiet = /Nothing at all happens in (.*?) \(`quiet_topics`\)/.exec(page)?.[1];
		expect(quiet?.split(/, | and /).sort()).toEqual([...sample.truth.quiet_topics].sort());
	});
});
