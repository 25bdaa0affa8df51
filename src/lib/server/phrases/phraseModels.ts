/** Phrase models and their members in the store. They lie beside the log: no import writes over them. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { z } from 'zod';
import { maskVersion } from '../../analysis/phrases/maskPersonal.ts';
import type { GroupStatus } from '../../analysis/phrases/takeIn.ts';
import { withStore } from '../store/engine.ts';
import { inTransaction } from '../store/transaction.ts';

export const statusSchema = z.enum([
	'accepted',
	'proposed',
	'dismissed'
]) satisfies z.ZodType<GroupStatus>;

export const modelRow = z.strictObject({
	model: z.int(),
	topic: z.string().nullable(),
	language: z.string().nullable(),
	body: z.string(),
	updated_at: z.string()
});

/** What was found out about questions of one topic and language. */
export type Findings = {
	/** null: they have no model yet */
	model: number | null;
	topic: string | null;
	language: string | null;
	/** null: the model stays as it is */
	body: string | null;
	gained: { n: number; label: string; status: GroupStatus }[];
	/** handoffs with the question that was looked at; n 0: no group took it */
	members: { handoff_id: string; question_md5: string; n: number; similarity: number }[];
};

const isSameText = (one: string, other: string) => `${one} is not distinct from ${other}`;

/**
 * Forgets what was said of questions that are gone, or are another text, topic or language by now:
 * the job looks at those anew.
 */
export function dropStaleMembers(): Promise<void> {
	return withStore(async ({ connection }) => {
		await connection.run(
			`delete from phrase_members where not exists (
				select 1 from handoffs as h
				inner join phrase_models as m
					on ${isSameText('m.topic', 'h.topic')} and ${isSameText('m.language', 'h.language')} and m.ended_at is null
				where h.handoff_id = phrase_members.handoff_id
					and m.model = phrase_members.model
					and md5_number_lower(h.question) = phrase_members.question_md5)`
		);
	});
}

/**
 * Writes down what was found out, all of it or nothing.
 * @returns the number of the model; null when the log or the model has become another meanwhile, and
 * nothing was written
 */
export function saveFindings(findings: Findings): Promise<number | null> {
	return withStore(async ({ connection }) => {
		await stage(connection, findings.members);
		try {
			return await inTransaction(connection, 'commit', async () => {
				if (!(await stillHolds(connection, findings))) return null;
				const model = await saveModel(connection, findings);
				for (const { n, label, status } of findings.gained)
					await connection.run(
						`insert into phrase_groups (model, n, label, status, held_by, made_at)
						values ($model::int, $n::int, $label, $status, $n::int, now() at time zone 'UTC')`,
						{ model, n, label, status }
					);
				await connection.run(
					'delete from phrase_members where handoff_id in (select handoff_id from looked_at)'
				);
				await connection.run(
					`insert into phrase_members (handoff_id, model, n, similarity, question_md5)
					select handoff_id, $model::int, nullif(n, 0), case when n > 0 then similarity end, question_md5
					from looked_at`,
					{ model }
				);
				return model;
			});
		} finally {
			await connection.run('drop table looked_at');
		}
	});
}

/** Writes labels of a model that were made anew, and that all of it hold to today's rules of masking. */
export function saveLabels(
	model: number,
	labels: readonly { n: number; label: string }[]
): Promise<void> {
	return withStore(({ connection }) =>
		inTransaction(connection, 'commit', async () => {
			for (const { n, label } of labels)
				await connection.run(
					'update phrase_groups set label = $label where model = $model::int and n = $n::int',
					{ model, n, label }
				);
			await connection.run(
				'update phrase_models set mask = $mask::int where model = $model::int',
				{ model, mask: maskVersion }
			);
		})
	);
}

async function stage(connection: DuckDBConnection, members: Findings['members']): Promise<void> {
	await connection.run(
		'create or replace temp table looked_at (handoff_id varchar, question_md5 ubigint, n integer, similarity double)'
	);
	const appender = await connection.createAppender('looked_at', 'main', 'temp');
	for (const { handoff_id, question_md5, n, similarity } of members) {
		appender.appendVarchar(handoff_id);
		appender.appendUBigInt(BigInt(question_md5));
		appender.appendInteger(n);
		appender.appendDouble(similarity);
		appender.endRow();
	}
	appender.closeSync();
}

/** Whether the questions are those that the log holds, and the model is still the one they joined. */
async function stillHolds(
	connection: DuckDBConnection,
	{ model, topic, language, members }: Findings
): Promise<boolean> {
	const found = await connection.runAndReadAll(
		`select
			(select count(*) from looked_at as l inner join handoffs as h on h.handoff_id = l.handoff_id
			where ${isSameText('h.topic', '$topic')} and ${isSameText('h.language', '$language')}
				and md5_number_lower(h.question) = l.question_md5)::int,
			(select max(model) from phrase_models
			where ${isSameText('topic', '$topic')} and ${isSameText('language', '$language')} and ended_at is null)`,
		{ topic, language }
	);
	const [questions, standing] = found.getRows()[0] ?? [];
	return questions === members.length && standing === model;
}

async function saveModel(
	connection: DuckDBConnection,
	{ model, topic, language, body }: Findings
): Promise<number> {
	if (model !== null) {
		if (body !== null)
			await connection.run(
				`update phrase_models set body = $body, updated_at = now() at time zone 'UTC' where model = $model::int`,
				{ model, body }
			);
		return model;
	}
	const found = await connection.runAndReadAll(
		'select coalesce(max(model), 0) + 1 from phrase_models'
	);
	const next = Number(found.getRows()[0]?.[0]);
	await connection.run(
		`insert into phrase_models (model, topic, language, body, updated_at, mask)
		values ($model::int, $topic, $language, $body, now() at time zone 'UTC', $mask::int)`,
		{ model: next, topic, language, body, mask: maskVersion }
	);
	return next;
}
