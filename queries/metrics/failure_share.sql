-- failure_share: one row per group: failure handoffs, over those with a known route.
select
	key1,
	key2,
	count(*)::int as possible,
	count(route)::int as n,
	count_when(route = 'failure') as hits
from selected_handoffs($filter, $by)
group by key1, key2
