-- reviews: one row per route, trigger, who judged and verdict: handoffs that a reviewer in Seam or the log says something of.
with
	judged as (
		select
			s.route,
			s.trigger,
			case when r.handoff_id is null then 'log' else 'seam' end as judged_by,
			case when r.handoff_id is null then s.necessary else r.necessary end as is_needed,
			case when r.handoff_id is null then s.lacked else r.lacked end as lacked
		from selected_handoffs($filter, $by) as s
		left join reviews as r on r.handoff_id = s.handoff_id and r.ended_at is null
		where r.handoff_id is not null or s.necessary is not null or s.lacked is not null
	)
select
	route,
	trigger,
	judged_by,
	is_needed,
	lacked,
	count(*)::int as n
from judged
group by route, trigger, judged_by, is_needed, lacked
order by route, trigger, judged_by, is_needed, lacked
