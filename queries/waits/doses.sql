-- doses: one row per span of the time with the AI in seconds and topic, with what became of its handoffs.
with
	spans as (
		select s.from_s::double as from_s, s.to_s::double as to_s
		from (
			values
				(0, 5), (5, 10), (10, 15), (15, 20), (20, 30), (30, 45), (45, 60), (60, 80),
				(80, 100), (100, 120), (120, 150), (150, 180), (180, 240), (240, 300),
				(300, 360), (360, 480), (480, 600), (600, 900), (900, 1200), (1200, 1800),
				(1800, 2700), (2700, 3600), (3600, 7200), (7200, 14400), (14400, 28800),
				(28800, 86400), (86400, null)
		) as s(from_s, to_s)
	),
	judged as (
		select
			h.topic,
			h.wait_before_s,
			h.csat,
			h.outcome,
			h.is_resolved,
			h.is_late,
			case when r.handoff_id is null then h.necessary else r.necessary end as is_needed
		from selected_handoffs($filter, $by) as h
		left join reviews as r on r.handoff_id = h.handoff_id and r.ended_at is null
		where h.wait_before_s is not null
	)
select
	s.from_s,
	s.to_s,
	j.topic,
	count(*)::int as handoffs,
	count(j.csat)::int as answers,
	count_when(is_satisfied(j.csat)) as satisfied,
	count_when(j.csat <= 2) as unhappy,
	count_when(l.has_ends and j.is_resolved is not null) as ends,
	count_when(j.is_resolved) as resolved,
	count(j.outcome)::int as outcomes,
	count_when(j.outcome = 'abandoned') as abandoned,
	count(j.is_needed)::int as reviewed,
	count_when(not j.is_needed) as avoidable,
	count(j.is_late)::int as timed,
	count_when(j.is_late) as late
from judged as j
cross join logged as l
join spans as s on j.wait_before_s >= s.from_s and (j.wait_before_s < s.to_s or s.to_s is null)
group by s.from_s, s.to_s, j.topic
order by s.from_s, j.topic nulls last
