-- handoff_rate: one row per group: conversations with a handoff, over those the AI had a part in.
select
	key1,
	key2,
	count(*)::int as possible,
	count(*)::int as n,
	count_when(is_handed_off) as hits
from selected_conversations($filter, $by)
where not coalesce(is_human_only, false)
group by key1, key2
