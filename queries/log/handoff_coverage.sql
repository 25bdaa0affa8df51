-- handoff_coverage: one row: the share of all handoffs that carry each field; null without handoffs.
select
	avg((trigger is not null)::int)::double as trigger,
	avg((topic is not null)::int)::double as topic,
	avg((channel is not null)::int)::double as channel,
	avg((customer_id is not null)::int)::double as customer_id,
	avg((outcome is not null)::int)::double as outcome,
	avg((wait_before_s is not null)::int)::double as wait_before_s,
	avg((wait_after_s is not null)::int)::double as wait_after_s,
	avg((handle_s is not null)::int)::double as handle_s,
	avg((context_completeness is not null)::int)::double as context,
	avg((announced is not null)::int)::double as announced,
	avg((reasked is not null)::int)::double as reasked,
	avg((routing_accuracy is not null)::int)::double as transfers,
	avg((csat is not null)::int)::double as csat
from handoff_facts
