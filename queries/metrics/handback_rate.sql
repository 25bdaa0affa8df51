-- handback_rate: one row per group: handoffs returned to the AI, over known outcomes.
select
	key1,
	key2,
	count(*)::int as possible,
	count(outcome)::int as n,
	count_when(outcome = 'returned_to_ai') as hits
from selected_handoffs($filter, $by)
group by key1, key2
