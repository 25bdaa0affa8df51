-- page: one row: how many conversations a list holds, how many lie beyond the cursor, and the ids and sort keys of the next ones, going forward or back.
with
	listed as materialized (
		select
			conversation_id as id,
			-- The one column that the list is sorted by.
			columns(lambda name: name = $sort) as sort_key
		from listed_conversations($filter, $asked, $window_days::double)
	),
	-- The cursor's key is bound as the type of the column.
	beyond as (
		select *
		from listed
		where is_beyond(
			sort_key, id, $cursor_key, $cursor_id::varchar, $cursor_is_absent::boolean, $is_down::boolean, $is_back::boolean
		)
	),
	next_ones as (
		select
			id,
			sort_key::varchar as sort_key,
			row_number() over () as place
		from (
			select *
			from beyond
			order by
				(sort_key is null) <> $is_back::boolean,
				case when not $is_down::boolean then sort_key end,
				case when $is_down::boolean then sort_key end desc,
				case when not $is_back::boolean then id end,
				case when $is_back::boolean then id end desc
			limit $rows::int
		)
	)
select
	(select count(*)::int from listed) as total,
	(select count(*)::int from beyond) as beyond,
	coalesce(list({'id': id, 'sort_key': sort_key} order by place), []) as next_ones
from next_ones
