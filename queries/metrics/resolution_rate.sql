-- resolution_rate: one row per group: resolved handoffs, over those whose end is known.
select
	key1,
	key2,
	count(*)::int as possible,
	count(is_resolved)::int as n,
	count_when(is_resolved) as hits
from selected_handoffs($filter, $by)
group by key1, key2
