/** The team's settings: data/settings.json, every part optional. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { contextItems } from '../../../../ingest/contract.ts';
import { derive, markAll } from '../../../../ingest/derive.ts';
import { messageOf, UsageError } from '../../../../ingest/errors.ts';
import { derivation } from '../../../../ingest/tables.ts';
import { failureTriggers, topicTriggers } from '../../../../ingest/triggers.ts';
import { isZone } from '../../../../ingest/zone.ts';

const zone = z.string().refine(isZone, {
	error: ({ input }) => `${String(input)} is no IANA time zone such as Europe/Berlin`
});

const positive = z.number().positive();

const parts = z.strictObject({
	/** The team's zone; null = that of the first log that names one. */
	timezone: zone.nullable().default(null),
	hash_identities: z.boolean().default(true),
	triggers: z.strictObject({ failure: z.array(z.string()), topic: z.array(z.string()) }).default({
		failure: [...failureTriggers],
		topic: [...topicTriggers]
	}),
	/** Other spellings of a trigger: spelling → trigger. */
	trigger_aliases: z.record(z.string(), z.string()).default({}),
	/** Time with the AI above which a handoff is late, by channel, in seconds. */
	late_limit_s: z.record(z.string(), positive).default({ voice: 300, chat: 300 }),
	default_late_limit_s: positive.default(900),
	late_human_requests: z.int().positive().default(2),
	late_ai_attempts: z.int().positive().default(3),
	required_context: z
		.array(z.enum(contextItems))
		.min(1)
		.default(['transcript', 'summary', 'identity', 'records', 'reason']),
	/** Wait after the handoff that counts as no gap, and as the worst one. */
	gap_target_s: positive.default(60),
	gap_worst_s: positive.default(600),
	/** A contact sooner than this after the end belongs to the same matter. */
	repeat_grace_s: z.number().nonnegative().default(1800),
	repeat_window_days: positive.default(7),
	score_weights: z
		.strictObject({
			context: z.number().nonnegative(),
			routing: z.number().nonnegative(),
			smoothness: z.number().nonnegative(),
			resolution: z.number().nonnegative()
		})
		.refine((w) => w.context + w.routing + w.smoothness + w.resolution > 0, 'are all zero')
		.default({ context: 1, routing: 1, smoothness: 1, resolution: 1 })
});

const settingsSchema = parts.refine((settings) => settings.gap_target_s < settings.gap_worst_s, {
	path: ['gap_worst_s'],
	error: 'is not above gap_target_s'
});

export type Settings = z.infer<typeof settingsSchema>;

/** What holds where settings.json says nothing. */
export const defaultSettings: Settings = settingsSchema.parse({});

/**
 * Reads the settings of a data folder.
 * @throws UsageError that names the setting at fault
 */
export async function readSettings(folder: string): Promise<Settings> {
	const file = path.join(folder, 'settings.json');
	const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return null;
		throw new UsageError(`${file} cannot be read: ${messageOf(error)}.`);
	});
	if (text === null) return defaultSettings;
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch (error) {
		throw new UsageError(`${file} is not JSON: ${messageOf(error).replace(/\s+/g, ' ')}.`);
	}
	const parsed = settingsSchema.safeParse(json);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw new UsageError(`${file}: ${issue?.path.join('.') || 'settings'}: ${issue?.message}.`);
}

/** `Low confidence` and `low-confidence` are the same trigger. */
const spellingOf = (trigger: string) => trigger.toLowerCase().replace(/[ -]/g, '_');

/** Writes the settings where the queries read them; derives everything anew if they changed. */
export async function applySettings(
	connection: DuckDBConnection,
	queries: string,
	settings: Settings
): Promise<void> {
	const fingerprint = createHash('sha256')
		.update(JSON.stringify(settings))
		.update(await derivation(queries))
		.digest('hex');
	const [row] = (
		await connection.runAndReadAll('select fingerprint, timezone from settings')
	).getRows();
	if (row?.[0] === fingerprint) return;
	const timezone = settings.timezone ?? (row ? String(row[1]) : 'UTC');
	await connection.run('begin transaction');
	try {
		await connection.run('delete from settings; delete from triggers; delete from late_limits');
		await connection.run(
			`insert into settings
			select $fingerprint, $timezone, $target::double, $worst::double, $grace::double, $late::double, $requests::int, $attempts::int,
				from_json($context, '["varchar"]')`,
			{
				fingerprint,
				timezone,
				target: settings.gap_target_s,
				worst: settings.gap_worst_s,
				grace: settings.repeat_grace_s,
				late: settings.default_late_limit_s,
				requests: settings.late_human_requests,
				attempts: settings.late_ai_attempts,
				context: JSON.stringify(settings.required_context)
			}
		);
		for (const [spelling, { trigger, route }] of triggersOf(settings))
			await connection.run('insert into triggers values ($spelling, $trigger, $route)', {
				spelling,
				trigger,
				route
			});
		for (const [channel, limit] of lateLimitsOf(settings))
			await connection.run('insert into late_limits values ($channel, $limit::double)', {
				channel,
				limit
			});
		if (row) {
			await markAll(connection);
			await derive(connection, queries, timezone);
		}
		await connection.run('commit');
	} catch (error) {
		await connection.run('rollback');
		throw error;
	}
}

/** Limits by channel in small letters, each once: two rows for one channel would count its handoffs twice. */
const lateLimitsOf = ({ late_limit_s }: Settings) =>
	new Map(Object.entries(late_limit_s).map(([channel, limit]) => [channel.toLowerCase(), limit]));

function triggersOf(settings: Settings): Map<string, { trigger: string; route: string | null }> {
	const known = new Map<string, { trigger: string; route: string | null }>();
	for (const route of ['failure', 'topic'] as const)
		for (const trigger of settings.triggers[route])
			known.set(spellingOf(trigger), { trigger, route });
	for (const [alias, trigger] of Object.entries(settings.trigger_aliases))
		known.set(spellingOf(alias), known.get(spellingOf(trigger)) ?? { trigger, route: null });
	return known;
}
