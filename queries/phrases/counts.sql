-- counts: one row per topic, language, group, channel and week of a filter: handoffs with a question, how many of them have a known route and how many were failures.
with
	asked as (
		select
			s.handoff_id,
			s.topic,
			s.language,
			s.channel,
			s.local_week,
			s.route
		from selected_handoffs($filter, $by) as s
		inner join (
			select handoff_id
			from handoffs
			where question is not null
		) as h on h.handoff_id = s.handoff_id
	),
	placed as (
		select
			a.*,
			m.model,
			g.held_by as n,
			p.handoff_id is not null and m.model is not null as is_looked_at
		from asked as a
		left join phrase_members as p on p.handoff_id = a.handoff_id
		left join phrase_models as m
			on m.model = p.model
			and m.ended_at is null
			and m.topic is not distinct from a.topic
			and m.language is not distinct from a.language
		left join phrase_groups as g on g.model = m.model and g.n = p.n
	)
select
	topic,
	language,
	model,
	n,
	is_looked_at,
	channel,
	local_week::varchar as week,
	count(*)::int as questions,
	count_when(route is not null) as routed,
	count_when(route = 'failure') as failures
from placed
group by topic, language, model, n, is_looked_at, channel, local_week
order by local_week, topic, language, model, n, channel, is_looked_at
