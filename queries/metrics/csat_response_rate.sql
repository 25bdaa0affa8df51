-- csat_response_rate: one row per group: answered surveys, over handoffs, where the log carries surveys at all.
with
	surveys as (
		select count(csat) > 0 as are_logged
		from handoff_facts
	)
select
	key1,
	key2,
	count(*)::int as possible,
	count_when(are_logged) as n,
	count(csat)::int as hits
from selected_handoffs($filter, $by)
cross join surveys
group by key1, key2
