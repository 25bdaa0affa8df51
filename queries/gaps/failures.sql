-- failures: one row per week, topic, channel and whether it is of the period: how many failure handoffs.
select
	local_week::varchar as week,
	topic,
	channel,
	local_day >= $period['from']::date and local_day < $period['to']::date as is_in_period,
	count(*)::int as failures
from selected_handoffs($filter, []::varchar[])
where route = 'failure'
group by week, topic, channel, is_in_period
order by week, topic, channel, is_in_period
