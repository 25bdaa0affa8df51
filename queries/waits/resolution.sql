-- resolution: one row per group: time from the start of the conversation to its resolution.
select
	key1,
	count(*)::int as possible,
	count(time_to_resolution_s)::int as n,
	quantile_of(time_to_resolution_s, 0.5) as p50,
	quantile_of(time_to_resolution_s, 0.9) as p90
from selected_handoffs($filter, $by)
group by key1
order by key1 nulls last
