-- answers: one row per path and answer on 1–5, answers between two points counted with the lower one.
with
	answered as (
		select 'handed_off' as path, csat
		from selected_handoffs($filter, $by)
		union all
		select case when is_ai_only then 'ai_only' else 'human_only' end as path, csat
		from selected_conversations($filter, $by)
		where is_ai_only or is_human_only
	)
select
	path,
	floor(csat)::int as answer,
	count(*)::int as n,
	count_when(csat <> floor(csat)) as n_between
from answered
where csat is not null
group by path, answer
order by path, answer
