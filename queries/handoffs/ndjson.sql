-- ndjson: one row per handoff of a list, in its order: the chosen columns as a line of JSON.
with
	listed as (
		select
			* replace (
				strftime(handed_off_local, '%Y-%m-%dT%H:%M:%S') as handed_off_local,
				strftime(handed_off_at, '%Y-%m-%dT%H:%M:%SZ') as handed_off_at
			),
			handoff_id as tie_key,
			columns(lambda name: name = $sort) as sort_key
		from listed_handoffs($filter, $by, $weights, $asked, $window_days::double)
	)
select to_json(struct_pack(*columns(lambda name: list_contains($columns, name))))::varchar as line
from listed
order by
	sort_key is null,
	case when not $is_down::boolean then sort_key end,
	case when $is_down::boolean then sort_key end desc,
	tie_key
