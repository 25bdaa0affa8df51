-- bearing: one row per conversation that bears what was typed as its id, or as that of its customer.
select conversation_id
from conversation_facts
where $id::varchar in (conversation_id, customer_id)
order by conversation_id
