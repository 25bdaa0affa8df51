-- versions: one row per AI version that came into service while the log was running, with its first day in service.
with
	days as (
		select ai_version, local_day, count(*)::int as n
		from handoff_facts
		where ai_version is not null
		group by ai_version, local_day
	),
	totals as (
		select local_day, sum(n)::int as n
		from days
		group by local_day
	),
	weeks as (
		select d.ai_version, d.local_day, sum(o.n) as n
		from days as d
		join days as o
			on o.ai_version = d.ai_version
			and o.local_day >= d.local_day
			and o.local_day < d.local_day + interval '7' day
		group by d.ai_version, d.local_day
	),
	week_totals as (
		select t.local_day, sum(o.n) as n
		from totals as t
		join totals as o
			on o.local_day >= t.local_day
			and o.local_day < t.local_day + interval '7' day
		group by t.local_day
	)
select d.ai_version, min(d.local_day)::varchar as first_day
from days as d
join totals as t on t.local_day = d.local_day
join weeks as w on w.ai_version = d.ai_version and w.local_day = d.local_day
join week_totals as wt on wt.local_day = d.local_day
where
	d.n >= $least_share::double * t.n
	and w.n >= $least_share::double * wt.n
	and w.n >= $least_handoffs::int
group by d.ai_version
-- A version that is there from the start did not come in.
having min(d.local_day) >= (select min(local_day) + interval '7' day from handoff_facts)
order by first_day, d.ai_version
