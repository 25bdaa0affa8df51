-- conversations: one row per group: conversations started.
select
	key1,
	key2,
	count(*)::int as possible,
	count(*)::int as n,
	count(*)::double as value
from selected_conversations($filter, $by)
group by key1, key2
