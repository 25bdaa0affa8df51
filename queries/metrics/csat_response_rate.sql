-- csat_response_rate: one row per group: answered surveys, over handoffs, where the log carries surveys at all.
select
	key1,
	key2,
	count(*)::int as possible,
	count_when(has_surveys) as n,
	count(csat)::int as hits
from selected_handoffs($filter, $by)
cross join logged
group by key1, key2
