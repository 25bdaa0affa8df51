-- all: one row per handoff of a list, in its order, with the chosen columns.
select columns(lambda name: list_contains($columns, name))
from (
	select
		* replace (
			strftime(handed_off_local, '%Y-%m-%dT%H:%M:%S') as handed_off_local,
			strftime(handed_off_at, '%Y-%m-%dT%H:%M:%SZ') as handed_off_at
		),
		handoff_id as tie_key,
		columns(lambda name: name = $sort) as sort_key
	from listed_handoffs($filter, $by, $weights, $asked, $window_days::double)
)
order by
	sort_key is null,
	case when not $is_down::boolean then sort_key end,
	case when $is_down::boolean then sort_key end desc,
	tie_key
