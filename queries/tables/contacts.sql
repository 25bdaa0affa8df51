-- contacts: one row per conversation and topic of an affected customer, from either kind of record.
with
	handed_off as (
		select
			h.*,
			coalesce(h.started_at, plus_seconds(h.handed_off_at, -h.wait_before_s), h.handed_off_at) as began_at
		from handoffs as h
		left join conversations as c on c.conversation_id = h.conversation_id
		where
			c.conversation_id is null
			and h.customer_id in (select customer_id from affected_customers)
	)
select
	conversation_id,
	customer_id,
	topic,
	channel,
	started_at,
	true as is_first
from conversations
where customer_id in (select customer_id from affected_customers)
union all
select
	conversation_id,
	customer_id,
	topic,
	arg_min(channel, row(began_at, handed_off_at, handoff_id)) as channel,
	min(began_at) as started_at,
	-- A conversation begins once, on whatever topic: on another one it is no other contact.
	row_number() over (partition by customer_id, conversation_id order by min(began_at), topic) = 1 as is_first
from handed_off
group by conversation_id, customer_id, topic
