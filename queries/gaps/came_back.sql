-- came_back: one row per example of a conversation that the AI had alone and whose customer came back on its topic within the window: the newest, those that came back with a question first.
with
	back as (
		select
			c.conversation_id,
			c.customer_id,
			c.topic,
			c.channel,
			c.language,
			c.resolution,
			c.started_at,
			c.local_day,
			c.next_same_topic_at as back_at,
			seconds_between(c.ended_at, c.next_same_topic_at) as after_s,
			case when c.next_same_topic_at = c.next_contact_at then c.next_contact_conversation_id end as next_conversation_id
		from selected_conversations($filter, []::varchar[]) as c
		cross join log_end as e
		where
			c.is_ai_only
			and c.customer_id is not null
			and c.topic is not null
			and c.ended_at <= e.ends_at
			and c.next_same_topic_at <= e.ends_at
			and seconds_between(c.ended_at, c.next_same_topic_at) / 86400 <= $window_days::double
	),
	-- Enough of them that some came back with a question.
	newest as (
		select *
		from back
		order by started_at desc, conversation_id
		limit 400
	),
	-- What was first was on another topic: contacts of one moment are told apart by topic and id.
	recorded as (
		select
			n.conversation_id,
			min({'is_other': c.topic is distinct from n.topic, 'id': c.conversation_id})['id'] as back_conversation_id
		from newest as n
		inner join conversation_facts as c
			on c.customer_id = n.customer_id
			and c.started_at = n.back_at
		group by n.conversation_id
	),
	known as (
		select
			n.*,
			coalesce(n.next_conversation_id, r.back_conversation_id) as back_conversation_id
		from newest as n
		left join recorded as r on r.conversation_id = n.conversation_id
	),
	handed_over as (
		select
			conversation_id,
			min({'handed_off_at': handed_off_at, 'handoff_id': handoff_id})['handoff_id'] as handoff_id
		from handoff_facts
		where conversation_id in (select back_conversation_id from known)
		group by conversation_id
	)
select
	k.conversation_id,
	k.topic,
	k.channel,
	k.language,
	k.resolution,
	k.local_day::varchar as local_day,
	strftime(local_time(k.started_at, (select timezone from settings)), '%Y-%m-%dT%H:%M:%S') as started_local,
	k.after_s,
	k.back_conversation_id,
	b.local_day::varchar as back_day,
	b.is_ai_only as is_back_ai_only,
	b.is_human_only as is_back_human_only,
	d.handoff_id as back_handoff_id,
	h.trigger as back_trigger,
	left(h.question, 2000) as back_question
from known as k
left join conversation_facts as b on b.conversation_id = k.back_conversation_id
left join handed_over as d on d.conversation_id = k.back_conversation_id
left join handoffs as h on h.handoff_id = d.handoff_id
order by h.question is null, k.started_at desc, k.conversation_id
limit $most::int
