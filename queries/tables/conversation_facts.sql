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
	-- Contacts of one moment are told apart by their ids, so that the same log gives the same facts.
	first_contacts as (
		select
			customer_id,
			started_at,
			min({'conversation_id': conversation_id, 'topic': topic, 'channel': channel}) as contact
		from contacts
		where is_first
		group by customer_id, started_at
	),
	topic_contacts as (
		select
			customer_id,
			topic,
			started_at,
			min({'conversation_id': conversation_id, 'topic': topic, 'channel': channel}) as contact
		from contacts
		where topic is not null
		group by customer_id, topic, started_at
	),
	followed as (
		select
			t.*,
			same_topic.started_at as next_same_topic_at,
			same_both.started_at as next_same_topic_channel_at,
			least(any_contact.started_at, same_topic.started_at) as next_contact_at,
			least(same_channel.started_at, same_both.started_at) as next_channel_at,
			case
				when same_topic.started_at <= any_contact.started_at or any_contact.started_at is null then same_topic.contact
				else any_contact.contact
			end as next_contact
		from timed as t
		asof left join first_contacts as any_contact
			on any_contact.customer_id = t.customer_id
			and any_contact.started_at > t.grace_ends_at
		asof left join topic_contacts as same_topic
			on same_topic.customer_id = t.customer_id
			and same_topic.topic = t.topic
			and same_topic.started_at > t.grace_ends_at
		asof left join contacts as same_channel
			on same_channel.customer_id = t.customer_id
			and same_channel.channel = t.channel
			and same_channel.is_first
			and same_channel.started_at > t.grace_ends_at
		asof left join contacts as same_both
			on same_both.customer_id = t.customer_id
			and same_both.topic = t.topic
			and same_both.channel = t.channel
			and same_both.started_at > t.grace_ends_at
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
	next_same_topic_channel_at,
	next_contact_at,
	next_channel_at,
	next_contact.conversation_id as next_contact_conversation_id,
	next_contact.topic as next_contact_topic,
	next_contact.channel as next_contact_channel
from followed
-- Stored by time, a period is read without the rest.
order by started_at
