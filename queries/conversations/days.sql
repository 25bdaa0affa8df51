-- days: one row per local day of a period and filter that has conversations: how many.
select
	local_day::varchar as day,
	(local_day + 1)::varchar as next_day,
	count(*)::int as n
from selected_conversations($filter, []::varchar[])
group by local_day
order by local_day
