-- cold_rate: one row per group: handoffs without a summary or transcript, or with two questions asked again.
select
	key1,
	key2,
	count(*)::int as possible,
	count(is_cold)::int as n,
	count_when(is_cold) as hits
from selected_handoffs($filter, $by)
group by key1, key2
