-- resolution_efficiency: one row per group: mean of how quickly it was resolved, by the pace of its topic.
select
	key1,
	key2,
	count(*)::int as possible,
	count(resolution_efficiency)::int as n,
	avg(resolution_efficiency)::double as mean,
	sd_of(resolution_efficiency) as sd
from scored_handoffs($filter, $by, $weights)
group by key1, key2
