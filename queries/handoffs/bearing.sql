-- bearing: one row per handoff that bears what was typed as its id, or as that of its conversation or customer.
select handoff_id
from handoff_facts
where $id::varchar in (handoff_id, conversation_id, customer_id)
order by handoff_id
