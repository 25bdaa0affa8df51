-- life: one row per group and time: how many customers were watched until then, came back and were lost from sight, the last row at the horizon.
select
	key1,
	days,
	at_risk,
	same_topic,
	other_topic,
	censored
from life_times($path::varchar, $filter, $by, $until::varchar, $channel::varchar, $horizon_days::double)
where days is not null
order by key1, days
