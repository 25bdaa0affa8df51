-- not_connected_rate: one row per group: handoffs that nobody took, over known outcomes.
select
	key1,
	key2,
	count(*)::int as possible,
	count(outcome)::int as n,
	count_when(outcome = 'not_connected') as hits
from selected_handoffs($filter, $by)
group by key1, key2
