-- time_to_resolution_p50: one row per group: median time from the start of the conversation to its resolution.
select
	key1,
	key2,
	count(*)::int as possible,
	count(time_to_resolution_s)::int as n,
	quantile_of(time_to_resolution_s, 0.5) as value
from selected_handoffs($filter, $by)
group by key1, key2
