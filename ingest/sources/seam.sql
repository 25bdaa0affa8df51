-- Seam's own format: handoffs and conversations as docs/log-format.md describes them.
-- needs: conversation_id, handed_off_at
-- needs: conversation_id, started_at
select *
from raw
