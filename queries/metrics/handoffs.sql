-- handoffs: one row per group: handoffs.
select
	key1,
	key2,
	count(*)::int as possible,
	count(*)::int as n,
	count(*)::double as value
from selected_handoffs($filter, $by)
group by key1, key2
