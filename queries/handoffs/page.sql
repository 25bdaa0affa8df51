-- page: one row: how many handoffs a list holds, how many lie beyond the cursor, and the ids and sort keys of the next ones, going forward or back.
with
	listed as materialized (
		select
			handoff_id,
			-- The one column that the list is sorted by.
			columns(lambda name: name = $sort) as sort_key
		from listed_handoffs($filter, $by, $weights, $asked, $window_days::double)
	),
	-- The cursor's key is bound as the type of the column.
	beyond as (
		select *
		from listed
		where
			$cursor_id::varchar is null
			or case
				when sort_key is null = $cursor_is_absent::boolean then
					case when $is_down::boolean then sort_key < $cursor_key else sort_key > $cursor_key end
					or (
						sort_key is not distinct from $cursor_key
						and case when $is_back::boolean then handoff_id < $cursor_id else handoff_id > $cursor_id end
					)
				-- What is not known comes last in both directions.
				else (sort_key is null) <> $is_back::boolean
			end
	),
	next_ones as (
		select
			handoff_id,
			sort_key::varchar as sort_key,
			row_number() over () as place
		from (
			select *
			from beyond
			order by
				(sort_key is null) <> $is_back::boolean,
				case when not $is_down::boolean then sort_key end,
				case when $is_down::boolean then sort_key end desc,
				case when not $is_back::boolean then handoff_id end,
				case when $is_back::boolean then handoff_id end desc
			limit $rows::int
		)
	)
select
	(select count(*)::int from listed) as total,
	(select count(*)::int from beyond) as beyond,
	coalesce(list({'handoff_id': handoff_id, 'sort_key': sort_key} order by place), []) as next_ones
from next_ones
