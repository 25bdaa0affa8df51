-- kinds: one row per path and resolution of the conversations of a period and filter: how many.
select
	path,
	resolution,
	count(*)::int as n
from listed_conversations($filter, $asked, $window_days::double)
group by path, resolution
order by path, resolution
