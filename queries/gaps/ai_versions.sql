-- ai_versions: one row per AI version of a filter: failures, handoffs with a known route and conversations; of a phrase group only handoffs whose question it holds.
with
	handed_over as (
		select
			ai_version,
			0 as conversations,
			case when route is null then 0 else 1 end as routed,
			case when route = 'failure' then 1 else 0 end as failures
		from selected_handoffs($filter, []::varchar[])
		where
			$phrase::varchar is null
			or handoff_id in (select handoff_id from phrased_handoffs($phrase::varchar))
	),
	talks as (
		select
			ai_version,
			1 as conversations,
			0 as routed,
			0 as failures
		from selected_conversations($filter, []::varchar[])
	),
	counted as (
		select ai_version, conversations, routed, failures from handed_over
		union all
		select ai_version, conversations, routed, failures from talks
	)
select
	ai_version,
	sum(conversations)::int as conversations,
	sum(routed)::int as routed,
	sum(failures)::int as failures
from counted
group by ai_version
order by ai_version
