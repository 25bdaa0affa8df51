-- avoidable_share: one row per group: handoffs a reviewer found needless, over those a reviewer decided on.
with
	judged as (
		select
			h.key1,
			h.key2,
			case when r.handoff_id is null then h.necessary else r.necessary end as is_needed
		from selected_handoffs($filter, $by) as h
		left join reviews as r on r.handoff_id = h.handoff_id and r.ended_at is null
	)
select
	key1,
	key2,
	count(*)::int as possible,
	count(is_needed)::int as n,
	count_when(not is_needed) as hits
from judged
group by key1, key2
