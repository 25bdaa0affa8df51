-- handle_mean: one row per group: mean work of the person.
select
	key1,
	key2,
	count(*)::int as possible,
	count(handle_s)::int as n,
	avg(handle_s)::double as mean,
	sd_of(handle_s) as sd
from selected_handoffs($filter, $by)
group by key1, key2
