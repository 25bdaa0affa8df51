-- recorded: one row: whether the log has conversation records at all.
select count(*) > 0 as is_recorded
from conversation_facts
