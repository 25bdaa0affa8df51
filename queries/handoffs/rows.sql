-- rows: one row per handoff of some ids, in no order, with every column of the list.
select * replace (
	strftime(handed_off_local, '%Y-%m-%dT%H:%M:%S') as handed_off_local,
	strftime(handed_off_at, '%Y-%m-%dT%H:%M:%SZ') as handed_off_at
)
from told_handoffs($filter, $by, $weights, $asked, $window_days::double)
