-- weeks: one row per week, topic, language and channel of a period: conversations, handoffs with a known route and failure handoffs.
with
	talks as (
		select
			local_week,
			topic,
			language,
			channel,
			1 as conversations,
			0 as routed,
			0 as failures
		from selected_conversations($filter, []::varchar[])
	),
	handed_over as (
		select
			local_week,
			topic,
			language,
			channel,
			0 as conversations,
			case when route is null then 0 else 1 end as routed,
			case when route = 'failure' then 1 else 0 end as failures
		from selected_handoffs($filter, []::varchar[])
	),
	counted as (
		select local_week, topic, language, channel, conversations, routed, failures from talks
		union all
		select local_week, topic, language, channel, conversations, routed, failures from handed_over
	)
select
	local_week::varchar as week,
	topic,
	language,
	channel,
	sum(conversations)::int as conversations,
	sum(routed)::int as routed,
	sum(failures)::int as failures
from counted
group by local_week, topic, language, channel
order by week, topic, language, channel
