/** Ids of every metric, in the order pages list them. Pages, API, CSV headings and docs share them. */
export const metricIds = [
	'handoffs',
	'conversations',
	'handoff_rate',
	'failure_share',
	'wait_before_p50',
	'wait_before_p90',
	'wait_after_p50',
	'wait_after_p90',
	'wait_total_p90',
	'longer_after_share',
	'abandonment_rate',
	'not_connected_rate',
	'resolution_rate',
	'handle_p50',
	'handle_mean',
	'time_to_resolution_p50',
	'csat_top2',
	'csat_mean',
	'csat_response_rate',
	'repeat_rate',
	'quality_score',
	'context_completeness',
	'routing_accuracy',
	'transition_smoothness',
	'resolution_efficiency',
	'reask_rate',
	'announced_rate',
	'late_rate',
	'cold_rate',
	'hidden_rate',
	'fought_rate',
	'misrouted_rate',
	'avoidable_share',
	'handback_rate',
	'containment_rate',
	'false_containment_rate'
] as const;

export type MetricId = (typeof metricIds)[number];

/** count: whole number; share: 0–1; s: seconds; score: 0–100; csat: 1–5; fraction: 0–1, a mean. */
export type Unit = 'count' | 'share' | 's' | 'score' | 'csat' | 'fraction';

/** The words of a metric. Its formula stands in SQL, joined by id. */
export type Metric = {
	id: MetricId;
	label: string;
	unit: Unit;
	/** Which direction is good for customers; null where neither is. */
	better: 'higher' | 'lower' | null;
	definition: string;
	/** Fields of the log without which the metric stays empty; alternatives are joined by ' or '. */
	fields: readonly string[];
	/** Method of the 95 % interval; null where none is given. */
	interval: 'wilson' | 't' | 'log-log' | null;
	/** Which records the metric counts over. */
	population: 'handoffs' | 'conversations';
	/** Smallest n at which a value is shown; for log-log the handoffs still at risk at day 7. */
	floor: number;
	/** Metric that must be shown beside this one. */
	companion?: MetricId;
};

const outcomes =
	'resolved, unresolved, transferred, returned to the AI, call-back, abandoned or not connected';

type Rest = Omit<Metric, 'id'>;
type Words<Own extends keyof Rest = never> = Pick<Rest, 'label' | 'definition' | 'fields' | Own> &
	Partial<Pick<Rest, 'population' | 'companion'>>;

const population = 'handoffs';
const count = (own: Words<'better'>): Rest => ({
	population,
	unit: 'count',
	interval: null,
	floor: 0,
	...own
});
const share = (own: Words<'better'>): Rest => ({
	population,
	unit: 'share',
	interval: 'wilson',
	floor: 10,
	...own
});
const quantile = (own: Words): Rest => ({
	population,
	unit: 's',
	better: 'lower',
	interval: null,
	floor: 10,
	...own
});
const mean = (own: Words<'unit' | 'better'>): Rest => ({
	population,
	interval: 't',
	floor: 10,
	...own
});
const curve = (own: Words<'better'>): Rest => ({
	population,
	unit: 'share',
	interval: 'log-log',
	floor: 10,
	...own
});

const words: Record<MetricId, Rest> = {
	handoffs: count({
		label: 'Handoffs',
		better: null,
		definition: 'Moments at which the AI stopped and a person was to take over.',
		fields: ['handed_off_at']
	}),
	conversations: count({
		label: 'Conversations',
		better: null,
		definition: 'Conversations started, whether they were handed over or not.',
		fields: ['started_at'],
		population: 'conversations'
	}),
	handoff_rate: share({
		label: 'Handoff rate',
		better: null,
		definition:
			'Share of conversations with at least one handoff. Conversations that a person had from the start could not be handed over and are left out.',
		fields: ['conversation_id'],
		population: 'conversations'
	}),
	failure_share: share({
		label: 'Failure handoffs',
		better: null,
		definition:
			'Share of handoffs that happened because the AI could not do the job, over handoffs whose route is known. The others were handed over because of their topic.',
		fields: ['route or trigger']
	}),
	wait_before_p50: quantile({
		label: 'Time with the AI, median',
		definition: 'Half of the handoffs came after less than this time with the AI.',
		fields: ['wait_before_s or started_at']
	}),
	wait_before_p90: quantile({
		label: 'Time with the AI, 90th percentile',
		definition: 'One handoff in ten came after more than this time with the AI.',
		fields: ['wait_before_s or started_at']
	}),
	wait_after_p50: quantile({
		label: 'Wait for a person, median',
		definition:
			'Half of the customers who got a reply had it within this time after the handoff. Those who never got one are in the abandonment rate.',
		fields: ['wait_after_s or first_human_reply_at']
	}),
	wait_after_p90: quantile({
		label: 'Wait for a person, 90th percentile',
		definition:
			'One in ten of the customers who got a reply waited longer than this after the handoff.',
		fields: ['wait_after_s or first_human_reply_at']
	}),
	wait_total_p90: quantile({
		label: 'Total wait, 90th percentile',
		definition:
			'Time with the AI and time waiting for a person together: one customer in ten waited longer than this.',
		fields: ['wait_before_s or started_at', 'wait_after_s or first_human_reply_at']
	}),
	longer_after_share: share({
		label: 'Waited longer after than before',
		better: 'lower',
		definition:
			'Share of handoffs where the wait for a person was longer than the time with the AI, both known.',
		fields: ['wait_before_s or started_at', 'wait_after_s or first_human_reply_at']
	}),
	abandonment_rate: share({
		label: 'Abandoned',
		better: 'lower',
		definition:
			'Share of handoffs where the customer gave up before a person replied, over handoffs with a known outcome.',
		fields: ['outcome']
	}),
	not_connected_rate: share({
		label: 'Not connected',
		better: 'lower',
		definition:
			'Share of handoffs that were tried and nobody came, over handoffs with a known outcome.',
		fields: ['outcome']
	}),
	resolution_rate: share({
		label: 'Resolved after handoff',
		better: 'higher',
		definition: `Share of handoffs that ended resolved, over those that ended ${outcomes}. Where a person answered and the end was not logged, it is unknown and left out.`,
		fields: ['outcome']
	}),
	handle_p50: quantile({
		label: 'Handle time, median',
		definition:
			'Work of the person, after-contact work included: half of the handoffs took less than this.',
		fields: ['handle_s']
	}),
	handle_mean: mean({
		unit: 's',
		label: 'Handle time, mean',
		better: 'lower',
		definition:
			'Mean work of the person on a handoff, after-contact work included. Staffing is planned from it.',
		fields: ['handle_s']
	}),
	time_to_resolution_p50: quantile({
		label: 'Time to resolution, median',
		definition:
			'Half of the handed-over conversations were resolved within this time of their start, time with the AI included.',
		fields: ['started_at or wait_before_s', 'resolved_at']
	}),
	csat_top2: share({
		label: 'Satisfied after handoff',
		better: 'higher',
		definition:
			'Share of survey answers of 4 or 5 on the scale of 1 to 5. Other scales are stretched to it.',
		fields: ['csat']
	}),
	csat_mean: mean({
		unit: 'csat',
		label: 'CSAT after handoff',
		better: 'higher',
		definition:
			'Mean of the survey answers on the scale of 1 to 5. With fewer than 30 answers read the satisfied share first.',
		fields: ['csat']
	}),
	csat_response_rate: share({
		label: 'Survey response',
		better: null,
		definition: 'Share of handoffs whose customer answered the survey.',
		fields: ['csat']
	}),
	repeat_rate: curve({
		label: 'Repeat contacts within 7 days',
		better: 'lower',
		definition:
			'Share of handoffs after which the same customer came back on the same topic within 7 days. Handoffs too young to know count only for the days they were watched, not as good.',
		fields: ['customer_id', 'topic']
	}),
	quality_score: mean({
		unit: 'score',
		label: 'Quality score',
		better: 'higher',
		definition:
			'Mean of the scores of single handoffs, 0 to 100: context that travelled, right queue, smooth transition and efficient resolution, equally weighted. Handoffs where less than half of it is known are left out.',
		fields: [
			'context',
			'transfers or resolved_queue',
			'reasked or announced or wait_after_s',
			'outcome'
		]
	}),
	context_completeness: mean({
		unit: 'fraction',
		label: 'Context completeness',
		better: 'higher',
		definition:
			'Mean share of the required context that travelled with the customer: transcript, summary, identity, records and reason.',
		fields: ['context']
	}),
	routing_accuracy: mean({
		unit: 'fraction',
		label: 'Routing accuracy',
		better: 'higher',
		definition:
			'Mean over handoffs of 1 for the right queue the first time, 0.5 for one transfer and then resolved, 0 otherwise.',
		fields: ['transfers or resolved_queue', 'outcome']
	}),
	transition_smoothness: mean({
		unit: 'fraction',
		label: 'Transition smoothness',
		better: 'higher',
		definition:
			'Mean of what is known of: the customer was not asked again, was told of the handoff, and waited no longer than a minute (falling to 0 at ten minutes).',
		fields: ['reasked or announced or wait_after_s']
	}),
	resolution_efficiency: mean({
		unit: 'fraction',
		label: 'Resolution efficiency',
		better: 'higher',
		definition:
			'Mean over handoffs of 0 if not resolved, otherwise 1 for a handle time among the fastest fifth of its topic, falling to 0 at the slowest fifth.',
		fields: ['outcome', 'handle_s']
	}),
	reask_rate: share({
		label: 'Asked again',
		better: 'lower',
		definition:
			'Share of handoffs where the person asked something the customer had already told the AI.',
		fields: ['reasked']
	}),
	announced_rate: share({
		label: 'Announced',
		better: 'higher',
		definition: 'Share of handoffs where the customer was told that a person takes over.',
		fields: ['announced']
	}),
	late_rate: share({
		label: 'Late',
		better: 'lower',
		definition:
			'Share of handoffs that came too late: more than 5 minutes with the AI on voice or chat (15 elsewhere), two or more requests for a person, or three or more answers tried.',
		fields: ['wait_before_s or human_requests or ai_attempts']
	}),
	cold_rate: share({
		label: 'Cold',
		better: 'lower',
		definition:
			'Share of handoffs where neither summary nor transcript travelled, or the customer was asked again twice or more.',
		fields: ['context or reasked']
	}),
	hidden_rate: share({
		label: 'Hidden',
		better: 'lower',
		definition: 'Share of handoffs where the customer was not told that a person takes over.',
		fields: ['announced']
	}),
	fought_rate: share({
		label: 'Fought for',
		better: 'lower',
		definition: 'Share of handoffs where the customer had to ask for a person twice or more.',
		fields: ['human_requests']
	}),
	misrouted_rate: share({
		label: 'Wrong queue',
		better: 'lower',
		definition:
			'Share of handoffs that were moved to another queue after the handoff: transferred, or resolved in another queue than the one they were handed to.',
		fields: ['transfers or resolved_queue']
	}),
	avoidable_share: share({
		label: 'Avoidable',
		better: 'lower',
		definition:
			'Share of reviewed handoffs where the reviewer found that no person was needed. A review in Seam goes before the verdict of the log.',
		fields: ['necessary']
	}),
	handback_rate: share({
		label: 'Handed back to the AI',
		better: null,
		definition:
			'Share of handoffs that the person gave back to the AI, over handoffs with a known outcome.',
		fields: ['outcome']
	}),
	containment_rate: share({
		label: 'Containment',
		better: null,
		definition:
			'Share of conversations without a handoff. It says nothing about whether the customer was helped: read it beside false containment.',
		fields: ['conversation_id'],
		population: 'conversations',
		companion: 'false_containment_rate'
	}),
	false_containment_rate: curve({
		label: 'False containment within 7 days',
		better: 'lower',
		definition:
			'Share of conversations the AI kept to itself after which the same customer came back on the same topic within 7 days. Those too young to know count only for the days they were watched.',
		fields: ['handled_by', 'customer_id', 'topic'],
		population: 'conversations',
		companion: 'containment_rate'
	})
};

/** Every metric by id. */
export const metrics = Object.fromEntries(
	metricIds.map((id) => [id, { id, ...words[id] }])
) as Record<MetricId, Metric>;
