-- routing_accuracy: one row per group: mean of right queue first time.
select
	key1,
	key2,
	count(*)::int as possible,
	count(routing_accuracy)::int as n,
	avg(routing_accuracy)::double as mean,
	sd_of(routing_accuracy) as sd
from selected_handoffs($filter, $by)
group by key1, key2
