-- wait_before_p50: one row per group: median time with the AI.
select
	key1,
	key2,
	count(*)::int as possible,
	count(wait_before_s)::int as n,
	quantile_of(wait_before_s, 0.5) as value
from selected_handoffs($filter, $by)
group by key1, key2
