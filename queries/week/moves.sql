-- moves: one row per group, queue and queue it ended in: handoffs that were moved; empty where the log does not say where to.
select
	selected.key1,
	h.queue,
	h.resolved_queue,
	count(*)::int as moved
from selected_handoffs($filter, $by) as selected
join handoffs as h on h.handoff_id = selected.handoff_id
where selected.is_misrouted
group by selected.key1, h.queue, h.resolved_queue
