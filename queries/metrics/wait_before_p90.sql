-- wait_before_p90: one row per group: 90th percentile of the time with the AI.
select
	key1,
	key2,
	count(*)::int as possible,
	count(wait_before_s)::int as n,
	quantile_of(wait_before_s, 0.9) as value
from selected_handoffs($filter, $by)
group by key1, key2
