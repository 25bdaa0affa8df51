-- hidden_rate: one row per group: handoffs the customer was not told of.
select
	key1,
	key2,
	count(*)::int as possible,
	count(announced)::int as n,
	count_when(not announced) as hits
from selected_handoffs($filter, $by)
group by key1, key2
