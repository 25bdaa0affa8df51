-- topic_pace: one row per topic with the handle times that count as quick and as slow in it.
select
	topic,
	quantile_of(handle_s, 0.2) as p20_s,
	quantile_of(handle_s, 0.8) as p80_s,
	count(*) as handoffs
from handoff_facts
where handle_s is not null
group by topic
