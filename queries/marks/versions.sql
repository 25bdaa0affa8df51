-- versions: one row per AI version that came into service, with its first day in service and whether it was there from the start.
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
	-- The same over each day and the six after it.
	weeks as (
		select d.ai_version, d.local_day, sum(o.n)::int as n
		from days as d
		join days as o
			on o.ai_version = d.ai_version
			and o.local_day >= d.local_day
			and o.local_day < d.local_day + 7
		group by d.ai_version, d.local_day
	),
	week_totals as (
		select t.local_day, sum(o.n)::int as n
		from totals as t
		join totals as o on o.local_day >= t.local_day and o.local_day < t.local_day + 7
		group by t.local_day
	),
	started as (
		select min(local_day) as local_day
		from handoff_facts
	)
select
	d.ai_version,
	min(d.local_day)::varchar as first_day,
	min(d.local_day) < min(started.local_day) + 7 as is_from_start
from days as d
join totals as t on t.local_day = d.local_day
join weeks as w on w.ai_version = d.ai_version and w.local_day = d.local_day
join week_totals as wt on wt.local_day = d.local_day
cross join started
where d.n >= 0.1 * t.n and w.n >= 0.1 * wt.n and w.n >= 20
group by d.ai_version
order by first_day, d.ai_version
