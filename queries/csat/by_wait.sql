-- by_wait: one row per wait (before, after a handoff that got a reply), its bin in seconds and topic.
with
	borders as (
		select b.from_s::double as from_s, b.to_s::double as to_s
		from (
			values
				(0, 30),
				(30, 60),
				(60, 120),
				(120, 300),
				(300, 600),
				(600, 1800),
				(1800, 3600),
				(3600, 14400),
				(14400, 86400),
				(86400, null)
		) as b(from_s, to_s)
	),
	waits as (
		select 'before' as wait, wait_before_s as wait_s, topic, csat
		from selected_handoffs($filter, $by)
		union all
		select 'after' as wait, wait_after_s as wait_s, topic, csat
		from selected_handoffs($filter, $by)
		where is_answered
	)
select
	w.wait,
	b.from_s,
	b.to_s,
	w.topic,
	count(*)::int as possible,
	count(w.csat)::int as n,
	count_when(is_satisfied(w.csat)) as hits
from waits as w
join borders as b on w.wait_s >= b.from_s and (w.wait_s < b.to_s or b.to_s is null)
group by w.wait, b.from_s, b.to_s, w.topic
order by w.wait, b.from_s, w.topic
