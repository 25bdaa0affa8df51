-- bearing: one row: how many handoffs bear what was typed as their id, or as that of their conversation or customer.
select count(*)::int as handoffs
from handoff_facts
where $id::varchar in (handoff_id, conversation_id, customer_id)
