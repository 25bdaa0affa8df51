-- context_completeness: one row per group: mean of required context that travelled.
select
	key1,
	key2,
	count(*)::int as possible,
	count(context_completeness)::int as n,
	avg(context_completeness)::double as mean,
	sd_of(context_completeness) as sd
from selected_handoffs($filter, $by)
group by key1, key2
