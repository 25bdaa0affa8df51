-- ratings: one row per topic and whether it failed: handoffs with a known route, answered surveys, their sum and the sum of their squares.
select
	topic,
	route = 'failure' as is_failure,
	count(*)::int as handoffs,
	count(csat)::int as answers,
	coalesce(sum(csat), 0)::double as total,
	coalesce(sum(csat * csat), 0)::double as total_of_squares
from selected_handoffs($filter, []::varchar[])
where route is not null
group by topic, is_failure
order by topic, is_failure
