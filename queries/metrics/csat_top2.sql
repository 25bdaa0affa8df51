-- csat_top2: one row per group: answers of 4 or 5 on the 1–5 scale.
select
	key1,
	key2,
	count(*)::int as possible,
	count(csat)::int as n,
	count_when(is_satisfied(csat)) as hits
from selected_handoffs($filter, $by)
group by key1, key2
