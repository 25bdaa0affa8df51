-- reviews: one row per handoff of a list that a review holds for.
select
	r.handoff_id,
	r.necessary,
	r.lacked,
	r.note,
	r.reviewer,
	strftime(local_time(r.reviewed_at, s.timezone), '%Y-%m-%dT%H:%M') as reviewed_local
from reviews as r
cross join settings as s
where r.ended_at is null and list_contains($handoff_ids::varchar[], r.handoff_id)
order by r.handoff_id
