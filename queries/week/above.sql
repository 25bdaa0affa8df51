-- above: one row per group of up to two dimensions: handoffs whose wait before or after was longer than a limit.
select
	key1,
	key2,
	count(wait_s)::int as n,
	count_when(wait_s > $limit_s::double) as hits
from (
	select key1, key2, case when $wait::varchar = 'before' then wait_before_s else wait_after_s end as wait_s
	from selected_handoffs($filter, $by)
	where $wait::varchar = 'before' or is_answered
) as waits
group by key1, key2
