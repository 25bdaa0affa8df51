-- conversation_facts: one row per affected conversation with everything the pages group, filter and average by.
with
	affected as (
		select c.*
		from conversations as c
		where c.conversation_id in (select conversation_id from affected_conversations)
	),
	handed_off as (
		select distinct conversation_id
		from handoffs
	),
	timed as (
		select
			a.*,
			local_time(a.started_at, $timezone::varchar) as started_local,
			plus_seconds(coalesce(a.ended_at, a.started_at), s.repeat_grace_s) as grace_ends_at,
			h.conversation_id is not null as is_handed_off
		from affected as a
		cross join settings as s
		left join handed_off as h on h.conversation_id = a.conversation_id
	),
	followed as (
		select
			t.*,
			same_topic.started_at as next_same_topic_at,
			any_topic.started_at as next_contact_at
		from timed as t
		asof left join contacts as same_topic
			on same_topic.customer_id = t.customer_id
			and same_topic.topic = t.topic
			and same_topic.started_at > t.grace_ends_at
		asof left join contacts as any_topic
			on any_topic.customer_id = t.customer_id
			and any_topic.started_at > t.grace_ends_at
	)
select
	conversation_id,
	customer_id,
	topic,
	channel,
	language,
	customer_tier,
	ai_version,
	handled_by,
	resolution,
	started_at,
	coalesce(ended_at, started_at) as ended_at,
	started_local::date as local_day,
	week_of(started_local::date) as local_week,
	month_of(started_local::date) as local_month,
	is_handed_off,
	handled_by = 'ai' and not is_handed_off as is_ai_only,
	handled_by = 'human' and not is_handed_off as is_human_only,
	csat,
	next_same_topic_at,
	next_contact_at
from followed
