-- resolutions: one row per text in which people wrote down how they resolved failures of a filter, or of the phrase group that holds their question; most common first, a thousand at most.
select
	h.resolution,
	count(*)::int as failures
from selected_handoffs($filter, []::varchar[]) as s
inner join handoffs as h on h.handoff_id = s.handoff_id
where
	s.route = 'failure'
	and h.resolution is not null
	and (
		$phrase::varchar is null
		or s.handoff_id in (select handoff_id from phrased_handoffs($phrase::varchar))
	)
group by h.resolution
order by failures desc, h.resolution
limit 1000
