/** A made-up log whose values lie on the limits that the definitions name; the same every time. */

const halfHour = 1_800_000;
const base = Date.UTC(2026, 5, 1);
const iso = (moment: number) => new Date(moment).toISOString();

/** Numbers that are always the same and look like none of each other. */
function dice(seed: number) {
	let state = seed;
	return (sides: number) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * sides);
	};
}

const roll = dice(7);
const oneOf = (...values: (string | number)[]) => String(values[roll(values.length)] ?? '');

/** A time on the grid; half of them stand so close that they are a grace or a window apart. */
const onGrid = () => base + (roll(2) === 0 ? roll(20 * 48) : roll(6) + roll(3) * 7 * 48) * halfHour;

/** The customer of a conversation, known nearly always. */
const customerOf = (conversation: number) =>
	roll(15) === 0 ? '' : `customer ${(conversation * 7) % 130}`;

/**
 * Handoffs whose values lie on the limits that the definitions name and next to them. Times lie on a
 * grid of half an hour, so that contacts meet the end of the grace and of the window exactly.
 */
function handoffLine(at: number): Record<string, string> {
	const started = onGrid();
	const conversation = roll(3) === 0 ? roll(at + 1) : at;
	const before = Number(oneOf(0, 0, 0, 299, 300, 301, 900, 901, 1800));
	const after = oneOf('', 0, 60, 61, 330, 599, 600, 601, 1800);
	const handedOff = started + before * 1000;
	const resolved = oneOf('', 0, 1, 2);
	return {
		handoff_id: `h${at}`,
		conversation_id: `c${conversation}`,
		customer_id: customerOf(conversation),
		topic: oneOf('', 'A', 'A', 'B'),
		channel: oneOf('', 'voice', 'chat', 'email', 'fax'),
		started_at: roll(4) === 0 ? '' : iso(started),
		handed_off_at: iso(handedOff),
		first_human_reply_at:
			resolved === '' && after !== '' && roll(3) === 0
				? iso(handedOff + Number(after) * 1000)
				: '',
		resolved_at: resolved === '' ? '' : iso(handedOff + Number(resolved) * halfHour),
		wait_before_s: roll(3) === 0 ? String(before) : '',
		wait_after_s: roll(3) === 0 ? '' : after,
		handle_s: oneOf('', 0, 1, 300, 300, 600, 1800),
		trigger: oneOf('', 'low_confidence', 'cancellation', 'full_moon'),
		route: oneOf('', '', '', 'failure', 'topic'),
		queue: oneOf('', 'q', 'r'),
		resolved_queue: oneOf('', 'q', 'r'),
		transfers: oneOf('', 0, 1, 2),
		outcome: oneOf(
			'',
			'resolved',
			'resolved',
			'unresolved',
			'abandoned',
			'returned_to_ai',
			'transferred',
			'callback',
			'answered',
			'not_connected'
		),
		context: oneOf('', 'none', 'summary', 'transcript', 'identity|records|reason', 'intent'),
		announced: oneOf('', 'true', 'false'),
		reasked: oneOf('', 0, 1, 2, 3),
		human_requests: oneOf('', 0, 1, 2),
		ai_attempts: oneOf('', 0, 2, 3),
		...[
			{},
			{ csat: oneOf(1, 3.999, 4, 5) },
			{ csat: oneOf(7, 7.75, 8, 10), csat_scale: '10' },
			{ csat: oneOf(1, 2), csat_scale: '2' }
		][roll(4)],
		necessary: oneOf('', 'true', 'false')
	};
}

/** Contacts with and without a handoff; every third is the record of a handed-over conversation. */
function conversationLine(at: number): Record<string, string> {
	const started = onGrid();
	return {
		conversation_id: at % 3 === 0 ? `c${at}` : `only ${at}`,
		customer_id: customerOf(at),
		topic: oneOf('', 'A', 'A', 'B'),
		channel: oneOf('', 'voice', 'chat'),
		started_at: iso(started),
		ended_at: oneOf('', iso(started), iso(started + halfHour)),
		handled_by: oneOf('', 'ai', 'ai', 'human')
	};
}

/** Lines of handoffs by column. */
export const edgeHandoffs = Array.from({ length: 600 }, (_, at) => handoffLine(at));

/** Lines of conversations by column. */
export const edgeConversations = Array.from({ length: 480 }, (_, at) => conversationLine(at));
