-- conversation_coverage: one row: the share of all conversations that carry each field; null without any.
select
	avg((conversation_id is not null)::int)::double as conversation_id,
	avg((customer_id is not null)::int)::double as customer_id,
	avg((channel is not null)::int)::double as channel,
	avg((language is not null)::int)::double as language,
	avg((customer_tier is not null)::int)::double as customer_tier,
	avg((ai_version is not null)::int)::double as ai_version,
	avg((topic is not null)::int)::double as topic,
	avg((started_at is not null)::int)::double as started_at,
	avg((ended_at is not null)::int)::double as ended_at,
	avg((handled_by is not null)::int)::double as handled_by,
	avg((resolution is not null)::int)::double as resolution,
	avg((confidence is not null)::int)::double as confidence,
	avg((right_turn is not null)::int)::double as right_turn,
	avg((csat is not null)::int)::double as csat,
	avg((csat_scale is not null)::int)::double as csat_scale
from conversations
