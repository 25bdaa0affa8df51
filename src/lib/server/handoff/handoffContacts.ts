/** The other contacts of the customer of a handoff. */
import { INTEGER, VARCHAR } from '@duckdb/node-api';
import { z } from 'zod';
import type { Handoff } from '../../handoff.ts';
import type { OtherContacts } from '../../handoffContacts.ts';
import { paths } from '../../week.ts';
import { engine } from '../store/engine.ts';
import { query } from '../store/query.ts';

const text = z.string().nullable();

export const contactRow = z.strictObject({
	path: z.enum(paths).nullable(),
	handoff_id: text,
	conversation_id: z.string(),
	topic: text,
	channel: text,
	outcome: text,
	csat: z.number().nullable(),
	at_local: z.string(),
	is_after: z.boolean(),
	is_same_conversation: z.boolean(),
	is_same_topic: z.boolean().nullable(),
	gap_s: z.number(),
	on_side: z.int()
});

/** How many contacts are shown on each side of a handoff. */
const most = 10;

/** Those nearest to a handoff, before and after it; none where the log does not name the customer. */
export async function readContacts({
	handoff_id,
	customer_id
}: Pick<Handoff, 'handoff_id' | 'customer_id'>): Promise<OtherContacts> {
	const rows = await query('handoff/contacts', contactRow, {
		values: { handoff_id, customer_id, most },
		types: { handoff_id: VARCHAR, customer_id: VARCHAR, most: INTEGER }
	});
	const { settings } = await engine();
	const side = (isAfter: boolean) => {
		const own = rows.filter(({ is_after }) => is_after === isAfter);
		return {
			contacts: own,
			more: (own[0]?.on_side ?? 0) - own.length
		};
	};
	return {
		before: side(false),
		after: side(true),
		graceS: settings.repeat_grace_s,
		windowDays: settings.repeat_window_days
	};
}
