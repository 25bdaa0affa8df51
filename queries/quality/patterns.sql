-- patterns: one row per group and pattern of known components, with the means of those.
select
	key1,
	count(*)::int as n,
	avg(context_completeness)::double as context,
	avg(routing_accuracy)::double as routing,
	avg(transition_smoothness)::double as smoothness,
	avg(resolution_efficiency)::double as resolution
from scored_handoffs($filter, $by, $weights)
group by
	key1,
	context_completeness is null,
	routing_accuracy is null,
	transition_smoothness is null,
	resolution_efficiency is null
order by key1, n desc
