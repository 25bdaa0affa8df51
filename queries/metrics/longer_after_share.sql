-- longer_after_share: one row per group: handoffs that waited longer after than before.
select
	key1,
	key2,
	count(*)::int as possible,
	count(wait_total_s)::int as n,
	count_when(wait_after_s > wait_before_s) as hits
from selected_handoffs($filter, $by)
group by key1, key2
