-- misrouted_rate: one row per group: handoffs that were moved to another queue.
select
	key1,
	key2,
	count(*)::int as possible,
	count(is_misrouted)::int as n,
	count_when(is_misrouted) as hits
from selected_handoffs($filter, $by)
group by key1, key2
