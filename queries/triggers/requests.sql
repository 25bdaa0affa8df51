-- requests: one row per group and number of times the customer asked for a person before getting one (3 = three or more, null = not logged).
with
	told as (
		select
			s.*,
			case when s.human_requests < 3 then s.human_requests when s.human_requests >= 3 then 3 end::int as requests,
			case when logged.has_ends then s.is_resolved end as is_resolved_known
		from selected_handoffs($filter, $by) as s
		cross join logged
	)
select
	key1,
	requests,
	count(*)::int as handoffs,
	count(wait_before_s)::int as before_n,
	quantile_of(wait_before_s, 0.5) as before_p50_s,
	quantile_of(wait_before_s, 0.9) as before_p90_s,
	count(case when is_answered then wait_after_s end)::int as after_n,
	quantile_of(case when is_answered then wait_after_s end, 0.5) as after_p50_s,
	count(csat)::int as csat_n,
	count_when(is_satisfied(csat)) as csat_hits,
	count(is_resolved_known)::int as resolution_n,
	count_when(is_resolved_known) as resolution_hits
from told
group by key1, requests
order by key1, requests
