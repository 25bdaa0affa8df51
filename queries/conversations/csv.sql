-- csv: one row per conversation of a list, in its order: the chosen columns as a line of CSV, and whether a spreadsheet might run some of it.
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
	),
	cells as (
		select
			sort_key,
			tie_key,
			csv_cell(columns(lambda name: list_contains($columns, name)))
		from listed
	),
	lines as (
		select
			sort_key,
			tie_key,
			concat_ws(',', *columns(lambda name: list_contains($columns, name))) as line
		from cells
	)
select
	line,
	may_be_run(line) as may_be_run
from lines
order by
	sort_key is null,
	case when not $is_down::boolean then sort_key end,
	case when $is_down::boolean then sort_key end desc,
	tie_key
