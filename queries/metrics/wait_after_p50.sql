-- wait_after_p50: one row per group: median of the wait for a person, over handoffs that got one.
select
	key1,
	key2,
	count(*)::int as possible,
	count(case when is_answered then wait_after_s end)::int as n,
	quantile_of(case when is_answered then wait_after_s end, 0.5) as value
from selected_handoffs($filter, $by)
group by key1, key2
