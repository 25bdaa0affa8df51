-- topics: one row per topic that handoffs or conversations of the log name.
select topic
from handoffs
where topic is not null
union
select topic
from conversations
where topic is not null
order by topic
