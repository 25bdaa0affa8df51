-- endings: one row per length of the wait for a person, in seconds up to an hour and in minutes beyond, and one without a length for the handoffs that carry none.
with
	ended as (
		select
			case
				when wait_after_s < 3600 then floor(wait_after_s)
				else 60 * floor(wait_after_s / 60)
			end::double as wait_s,
			outcome = 'abandoned' as is_abandoned
		from selected_handoffs($filter, $by)
		where outcome is not null
	)
select
	wait_s,
	count(*)::int as n,
	count_when(is_abandoned) as abandoned
from ended
group by wait_s
order by wait_s nulls last
