-- all: one row per version of a fix, by the day of the fix, with times as UTC to the microsecond.
select
	fix_id,
	what,
	who,
	done_on::varchar as done_on,
	link,
	topic,
	phrase_group,
	strftime(recorded_at, '%Y-%m-%dT%H:%M:%S.%fZ') as recorded_at,
	strftime(ended_at, '%Y-%m-%dT%H:%M:%S.%fZ') as ended_at
from fixes
order by done_on, fix_id, recorded_at
