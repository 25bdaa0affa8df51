-- wait_total_p90: one row per group: 90th percentile of the time with the AI and for a person.
select
	key1,
	key2,
	count(*)::int as possible,
	count(wait_total_s)::int as n,
	quantile_of(wait_total_s, 0.9) as value
from selected_handoffs($filter, $by)
group by key1, key2
