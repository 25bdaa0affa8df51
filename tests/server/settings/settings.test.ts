import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../../ingest/errors.ts';
import { closeEngine, engine } from '../../../src/lib/server/store/engine.ts';
import { measure } from '../../../src/lib/server/measure/measure.ts';
import { readExtent } from '../../../src/lib/server/store/log.ts';
import { defaultSettings } from '../../../src/lib/server/settings/settings.ts';
import { ever, TestStore } from '../store.ts';

let store: TestStore;
afterEach(() => store.close());

const log = [
	'conversation_id,handed_off_at,trigger,channel,wait_before_s,wait_after_s,context,outcome,handle_s,transfers',
	'a,2026-06-01T22:30:00Z,low_confidence,chat,200,60,summary,resolved,60,0',
	'b,2026-06-01T22:30:00Z,Full Moon,chat,200,330,summary,unresolved,,0',
	'c,2026-06-02T12:00:00Z,full-moon,fax,1000,600,summary|transcript,resolved,90,0',
	'd,2026-06-02T12:00:00Z,new_moon,fax,800,,summary,,,0',
	''
].join('\n');

/** Opens the store anew with other settings. */
async function reopen(settings: unknown): Promise<void> {
	await closeEngine();
	await store.settings(settings);
	await engine();
}

async function fill() {
	store = await TestStore.open();
	await store.import('log.csv', log);
}

async function refusal(settings: unknown): Promise<string> {
	store = await TestStore.open();
	await closeEngine();
	await store.settings(settings);
	const error: unknown = await engine().then(
		() => null,
		(thrown: unknown) => thrown
	);
	expect(error).toBeInstanceOf(UsageError);
	const { message } = error as UsageError;
	expect(message).toContain('settings.json');
	expect(message).toMatch(/\.$/);
	expect(message.split('\n')).toHaveLength(1);
	return message;
}

const routes = async () =>
	Object.fromEntries(
		(await measure(ever, ['handoffs'], ['route'])).map(({ by, values }) => [
			String(by.route),
			values.handoffs.n
		])
	);

describe('settings that cannot be read name the setting and the way out', () => {
	it.each([
		['no JSON', '{"timezone": ', ['JSON']],
		['no JSON over several lines', '{\n"timezone"\n', ['JSON']],
		['JSON of another shape', '[]', ['settings']],
		['a key nobody knows', { time_zone: 'Europe/Berlin' }, ['time_zone']],
		[
			'a zone that does not exist',
			{ timezone: 'Mars/Olympus' },
			['timezone', 'Mars/Olympus', 'Europe/Berlin']
		],
		['a number as text', { repeat_window_days: '7' }, ['repeat_window_days']],
		['a negative time', { gap_target_s: -1 }, ['gap_target_s']],
		[
			'a gap that ends before it begins',
			{ gap_target_s: 600, gap_worst_s: 60 },
			['gap_worst_s', 'gap_target_s']
		],
		[
			'a context item that no log has',
			{ required_context: ['soul'] },
			['required_context', 'transcript']
		],
		['no required context', { required_context: [] }, ['required_context']],
		['half of a trigger table', { triggers: { failure: ['x'] } }, ['triggers.topic']],
		[
			'weights that are all zero',
			{ score_weights: { context: 0, routing: 0, smoothness: 0, resolution: 0 } },
			['score_weights', 'zero']
		],
		['a late limit of no length', { late_limit_s: { chat: 0 } }, ['late_limit_s.chat']]
	])('%s', async (_, settings, words) => {
		const message = await refusal(settings);
		for (const word of words) expect(message).toContain(word);
	});

	it('a settings file that cannot be read is not taken for an absent one', async () => {
		store = await TestStore.open();
		await closeEngine();
		await mkdir(join(store.data, 'settings.json'));
		await expect(engine()).rejects.toThrow(/settings\.json cannot be read: .+\.$/);
	});

	it('and the store opens again once they are mended', async () => {
		await refusal('nonsense');
		await store.settings({});
		expect((await engine()).settings).toEqual(defaultSettings);
	});
});

describe('settings that change', () => {
	it('the trigger table routes the handoffs that are there anew', async () => {
		await fill();
		expect(await routes()).toEqual({ failure: 1, null: 3 });
		await reopen({ triggers: { failure: ['low_confidence'], topic: ['full_moon'] } });
		expect(await routes()).toEqual({ failure: 1, topic: 2, null: 1 });
		await reopen({
			triggers: { failure: ['full_moon'], topic: [] },
			trigger_aliases: { new_moon: 'full_moon' }
		});
		expect(await routes()).toEqual({ failure: 3, null: 1 });
		const named = await measure(ever, ['handoffs'], ['trigger']);
		expect(named.map(({ by }) => by.trigger)).toEqual(['full_moon', 'low_confidence']);
		await reopen({});
		expect(await routes()).toEqual({ failure: 1, null: 3 });
	});

	it('the zone cuts days and weeks anew', async () => {
		await fill();
		const days = async () =>
			(await measure(ever, ['handoffs'], ['day'])).map(({ by, values }) => [
				by.day,
				values.handoffs.n
			]);
		expect(await days()).toEqual([
			['2026-06-01', 2],
			['2026-06-02', 2]
		]);
		await reopen({ timezone: 'Europe/Berlin' });
		expect((await readExtent()).timezone).toBe('Europe/Berlin');
		expect(await days()).toEqual([['2026-06-02', 4]]);
	});

	it('late limits, gap, required context and weights move their metrics', async () => {
		await fill();
		const values = async () => {
			const [row] = await measure(ever, [
				'late_rate',
				'transition_smoothness',
				'context_completeness',
				'quality_score'
			]);
			const { late_rate, transition_smoothness, context_completeness, quality_score } =
				row?.values ?? {};
			return [late_rate, transition_smoothness, context_completeness, quality_score].map(
				(estimate) => estimate?.value
			);
		};
		const [late, smooth, context, score] = await values();
		expect([late, smooth, context]).toEqual([0.25, 0.5, 0.25]);
		await reopen({
			late_limit_s: { FAX: 700 },
			default_late_limit_s: 100,
			gap_target_s: 330,
			gap_worst_s: 3600,
			required_context: ['summary'],
			score_weights: { context: 0, routing: 1, smoothness: 0, resolution: 0 }
		});
		const changed = await values();
		expect(changed[0]).toBe(1);
		expect(changed[1]).toBeGreaterThan(smooth ?? 1);
		expect(changed[2]).toBe(1);
		expect(changed[3]).toBe(100);
		expect(score).toBeLessThan(100);
	});

	it('the window of repeat contacts moves the repeat rate', async () => {
		store = await TestStore.open();
		const rows = Array.from({ length: 20 }, (_, at) => ({
			conversation_id: `h${at}`,
			customer_id: `customer ${at}`,
			topic: 'A',
			handed_off_at: '2026-06-01T12:00:00Z'
		}));
		const back = Array.from({ length: 5 }, (_, at) => ({
			conversation_id: `back ${at}`,
			customer_id: `customer ${at}`,
			topic: 'A',
			started_at: '2026-06-06T12:00:00Z'
		}));
		await store.importRows('handoffs', rows);
		await store.importRows('back', [
			...back,
			{ conversation_id: 'end', started_at: '2026-08-01T12:00:00Z' }
		]);
		const rate = async () =>
			(await measure(ever, ['repeat_rate']))[0]?.values.repeat_rate.value;
		expect(await rate()).toBeCloseTo(0.25, 12);
		await reopen({ repeat_window_days: 3 });
		expect(await rate()).toBe(0);
		await reopen({ repeat_window_days: 5, repeat_grace_s: 6 * 86_400 });
		expect(await rate()).toBe(0);
	});

	it('the same settings derive nothing anew', async () => {
		await fill();
		await reopen({ timezone: 'UTC' });
		const { instance } = await engine();
		const connection = await instance.connect();
		await connection.run("update handoff_facts set topic = 'touched'");
		connection.disconnectSync();
		await reopen({ timezone: 'UTC' });
		expect((await measure(ever, ['handoffs'], ['topic']))[0]?.by.topic).toBe('touched');
		await reopen({ timezone: 'Europe/Berlin' });
		expect((await measure(ever, ['handoffs'], ['topic']))[0]?.by.topic).toBeNull();
	});
});
