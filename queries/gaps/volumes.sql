-- volumes: one row per week, topic, channel and whether it is of the period: conversations, handoffs with a known route and handoffs without one.
with
	talks as (
		select
			local_week,
			topic,
			channel,
			local_day >= $period['from']::date and local_day < $period['to']::date as is_in_period,
			1 as conversations,
			0 as routed,
			0 as unrouted
		from selected_conversations($filter, []::varchar[])
	),
	handed_over as (
		select
			local_week,
			topic,
			channel,
			local_day >= $period['from']::date and local_day < $period['to']::date as is_in_period,
			0 as conversations,
			case when route is null then 0 else 1 end as routed,
			case when route is null then 1 else 0 end as unrouted
		from selected_handoffs($filter, []::varchar[])
	),
	counted as (
		select local_week, topic, channel, is_in_period, conversations, routed, unrouted from talks
		union all
		select local_week, topic, channel, is_in_period, conversations, routed, unrouted from handed_over
	)
select
	local_week::varchar as week,
	topic,
	channel,
	is_in_period,
	sum(conversations)::int as conversations,
	sum(routed)::int as routed,
	sum(unrouted)::int as unrouted
from counted
group by local_week, topic, channel, is_in_period
order by week, topic, channel, is_in_period
