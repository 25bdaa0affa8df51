-- by_path: one row per group and path (AI only, human only) of conversations that were never handed over.
select
	key1,
	case when is_ai_only then 'ai_only' else 'human_only' end as path,
	count(*)::int as possible,
	count(csat)::int as n,
	count_when(is_satisfied(csat)) as hits,
	coalesce(sum(csat), 0)::double as total,
	coalesce(sum(csat * csat), 0)::double as total_of_squares
from selected_conversations($filter, $by)
where is_ai_only or is_human_only
group by key1, path
order by key1, path
