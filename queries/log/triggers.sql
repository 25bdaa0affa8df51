-- triggers: one row: handoffs without a trigger, and with one that no trigger table names.
select
	count_when(trigger is null) as missing,
	count_when(trigger is not null and trigger not in (select known.trigger from triggers as known where known.route is not null)) as unknown,
	count_when(is_wait_disputed) as waits_disputed
from handoff_facts
