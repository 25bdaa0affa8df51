-- late_rate: one row per group: handoffs that came too late.
select
	key1,
	key2,
	count(*)::int as possible,
	count(is_late)::int as n,
	count_when(is_late) as hits
from selected_handoffs($filter, $by)
group by key1, key2
