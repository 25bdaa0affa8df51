-- csat_mean: one row per group: mean answer on the 1–5 scale.
select
	key1,
	key2,
	count(*)::int as possible,
	count(csat)::int as n,
	coalesce(sum(csat), 0)::double as total,
	coalesce(sum(csat * csat), 0)::double as total_of_squares
from selected_handoffs($filter, $by)
group by key1, key2
