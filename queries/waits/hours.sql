-- hours: one row per weekday (1 is Monday) and hour of the local time of the handoff, with its waits.
select
	isodow(local_day)::int as weekday,
	local_hour::int as hour,
	count(*)::int as handoffs,
	count(wait_before_s)::int as before_n,
	quantile_of(wait_before_s, 0.5) as before_p50,
	quantile_of(wait_before_s, 0.9) as before_p90,
	count(case when is_answered then wait_after_s end)::int as after_n,
	quantile_of(case when is_answered then wait_after_s end, 0.5) as after_p50,
	quantile_of(case when is_answered then wait_after_s end, 0.9) as after_p90
from selected_handoffs($filter, $by)
group by weekday, hour
order by weekday, hour
