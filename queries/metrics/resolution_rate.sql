-- resolution_rate: one row per group: resolved handoffs, over those whose end is known, where the log says how any ended.
select
	key1,
	key2,
	count(*)::int as possible,
	count_when(has_ends and is_resolved is not null) as n,
	count_when(is_resolved) as hits
from selected_handoffs($filter, $by)
cross join logged
group by key1, key2
