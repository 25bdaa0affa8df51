-- contacts: one row per conversation and topic of an affected customer, from either kind of record.
select conversation_id, customer_id, topic, started_at
from conversations
where customer_id in (select customer_id from affected_customers)
union all
select
	h.conversation_id,
	h.customer_id,
	h.topic,
	min(coalesce(h.started_at, plus_seconds(h.handed_off_at, -h.wait_before_s), h.handed_off_at)) as started_at
from handoffs as h
left join conversations as c on c.conversation_id = h.conversation_id
where
	c.conversation_id is null
	and h.customer_id in (select customer_id from affected_customers)
group by h.conversation_id, h.customer_id, h.topic
