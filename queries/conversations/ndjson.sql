-- ndjson: one row per conversation of a list, in its order: the chosen columns as a line of JSON.
with
	listed as (
		select
			* replace (
				strftime(started_local, '%Y-%m-%dT%H:%M:%S') as started_local,
				strftime(started_at, '%Y-%m-%dT%H:%M:%SZ') as started_at
			),
			conversation_id as tie_key,
			columns(lambda name: name = $sort) as sort_key
		from listed_conversations($filter, $asked, $window_days::double)
	)
select to_json(struct_pack(*columns(lambda name: list_contains($columns, name))))::varchar as line
from listed
order by
	sort_key is null,
	case when not $is_down::boolean then sort_key end,
	case when $is_down::boolean then sort_key end desc,
	tie_key
