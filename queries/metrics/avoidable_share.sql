-- avoidable_share: one row per group: handoffs a reviewer found needless, over reviewed ones.
select
	key1,
	key2,
	count(*)::int as possible,
	count(necessary)::int as n,
	count_when(not necessary) as hits
from selected_handoffs($filter, $by)
group by key1, key2
