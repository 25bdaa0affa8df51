-- transition_smoothness: one row per group: mean of not asked again, told, taken over without a gap.
select
	key1,
	key2,
	count(*)::int as possible,
	count(transition_smoothness)::int as n,
	avg(transition_smoothness)::double as mean,
	sd_of(transition_smoothness) as sd
from selected_handoffs($filter, $by)
group by key1, key2
