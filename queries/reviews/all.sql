-- all: one row per review ever given, the oldest first, with times as UTC to the microsecond.
select
	handoff_id,
	necessary,
	lacked,
	note,
	reviewer,
	strftime(reviewed_at, '%Y-%m-%dT%H:%M:%S.%fZ') as reviewed_at,
	strftime(ended_at, '%Y-%m-%dT%H:%M:%S.%fZ') as ended_at
from reviews
order by reviewed_at, handoff_id
