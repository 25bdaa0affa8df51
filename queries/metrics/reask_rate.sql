-- reask_rate: one row per group: handoffs with a question asked again.
select
	key1,
	key2,
	count(*)::int as possible,
	count(reasked)::int as n,
	count_when(reasked >= 1) as hits
from selected_handoffs($filter, $by)
group by key1, key2
