-- rows: one row per conversation of some ids, in no order, with every column of the list and where its links lead.
with
	listed as materialized (
		select * replace (
			strftime(started_local, '%Y-%m-%dT%H:%M:%S') as started_local,
			strftime(started_at, '%Y-%m-%dT%H:%M:%SZ') as started_at
		)
		from listed_conversations($filter, $asked, $window_days::double)
	),
	handed_over as (
		select
			conversation_id,
			case when count(*) = 1 then min(handoff_id) end as handoff_id
		from handoff_facts
		where conversation_id in (select conversation_id from listed)
		group by conversation_id
	),
	followed as (
		select
			conversation_id,
			customer_id,
			topic,
			next_same_topic_at
		from conversation_facts
		where conversation_id in (select conversation_id from listed where back_s is not null)
	),
	-- A record may leave its topic to its handoffs; contacts of one moment are told apart by topic and id.
	back as (
		select
			f.conversation_id,
			min({'is_other': c.topic is distinct from f.topic, 'id': c.conversation_id})['id'] as back_conversation_id
		from followed as f
		join conversation_facts as c
			on c.customer_id = f.customer_id
			and c.started_at = f.next_same_topic_at
		group by f.conversation_id
	),
	recorded as (
		select conversation_id
		from conversation_facts
		where conversation_id in (select next_conversation_id from listed)
	)
select
	l.*,
	h.handoff_id,
	b.back_conversation_id,
	r.conversation_id is not null as is_next_recorded
from listed as l
left join handed_over as h on h.conversation_id = l.conversation_id
left join back as b on b.conversation_id = l.conversation_id
left join recorded as r on r.conversation_id = l.next_conversation_id
