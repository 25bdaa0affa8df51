-- contacts: one row per conversation and topic of an affected customer, from either kind of record.
with
	-- The record of a conversation goes first; what it does not say, its handoffs do.
	told as (
		select
			conversation_id,
			customer_id,
			topic,
			channel,
			started_at as began_at,
			null::timestamp as handed_off_at,
			null::varchar as handoff_id
		from conversations
		where topic is null
		union all
		select
			h.conversation_id,
			coalesce(c.customer_id, h.customer_id) as customer_id,
			coalesce(c.topic, h.topic) as topic,
			coalesce(c.channel, h.channel) as channel,
			least(
				coalesce(c.started_at, h.started_at, plus_seconds(h.handed_off_at, -h.wait_before_s)),
				h.handed_off_at
			) as began_at,
			h.handed_off_at,
			h.handoff_id
		from handoffs as h
		left join conversations as c on c.conversation_id = h.conversation_id
		where c.customer_id is null or c.topic is null
	)
select
	conversation_id,
	customer_id,
	topic,
	channel,
	started_at,
	true as is_first
from conversations
where topic is not null and customer_id in (select customer_id from affected_customers)
union all
select
	conversation_id,
	customer_id,
	topic,
	arg_min(channel, row(began_at, handed_off_at, handoff_id)) as channel,
	min(began_at) as started_at,
	-- A conversation begins once, on whatever topic: on another one it is no other contact.
	row_number() over (partition by customer_id, conversation_id order by min(began_at), topic) = 1 as is_first
from told
where customer_id in (select customer_id from affected_customers)
group by conversation_id, customer_id, topic
