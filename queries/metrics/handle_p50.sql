-- handle_p50: one row per group: median work of the person.
select
	key1,
	key2,
	count(*)::int as possible,
	count(handle_s)::int as n,
	quantile_of(handle_s, 0.5) as value
from selected_handoffs($filter, $by)
group by key1, key2
