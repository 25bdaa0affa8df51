-- fought_rate: one row per group: handoffs the customer had to fight for.
select
	key1,
	key2,
	count(*)::int as possible,
	count(is_fought)::int as n,
	count_when(is_fought) as hits
from selected_handoffs($filter, $by)
group by key1, key2
