-- destinations: one row per group and channel, topic and path of the next contact within the window, with the size of the group.
with
	handed_off as (
		select distinct conversation_id
		from handoff_facts
	),
	followed as (
		select
			*,
			count(*) over (partition by key1)::int as n
		from followed_contacts($path::varchar, $filter, $by)
		where is_followed
	),
	back as (
		select
			f.key1,
			f.n,
			f.next_contact_channel as next_channel,
			f.next_contact_topic as next_topic,
			case
				when f.next_contact_topic = f.topic then 'same'
				when f.next_contact_topic is null then 'unknown'
				else 'other'
			end as topic_is,
			-- A later import may hand a conversation over: its path is that of today.
			case
				when h.conversation_id is not null then 'handed_off'
				when c.is_ai_only then 'ai_only'
				when c.is_human_only then 'human_only'
				else 'unknown'
			end as next_path
		from followed as f
		left join handed_off as h on h.conversation_id = f.next_contact_conversation_id
		left join conversation_facts as c on c.conversation_id = f.next_contact_conversation_id
		where
			f.next_contact_at <= f.ends_at
			and seconds_between(f.ended_at, f.next_contact_at) / 86400 <= $window_days::double
	)
select
	key1,
	next_channel,
	topic_is,
	next_topic,
	next_path,
	count(*)::int as contacts,
	n
from back
group by key1, next_channel, topic_is, next_topic, next_path, n
order by key1, contacts desc, next_channel, next_topic, next_path, topic_is
