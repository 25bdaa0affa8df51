-- conversation_coverage: one row: the share of all conversations that carry each field; null without any.
select
	avg((topic is not null)::int)::double as topic,
	avg((customer_id is not null)::int)::double as customer_id,
	avg((handled_by is not null)::int)::double as handled_by,
	avg((csat is not null)::int)::double as csat
from conversation_facts
