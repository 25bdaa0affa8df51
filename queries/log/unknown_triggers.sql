-- unknown_triggers: one row per trigger of handoffs that no trigger table names.
select distinct trigger
from handoff_facts
where trigger is not null and trigger not in (select known.trigger from triggers as known where known.route is not null)
order by trigger
