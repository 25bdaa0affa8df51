-- groups: one row per phrase group of a model that stands, also proposed, dismissed and merged ones, with the first and the last handoff of those that it holds.
with
	spans as (
		select
			g.model,
			g.held_by as n,
			min(h.handed_off_at) as first_at,
			max(h.handed_off_at) as last_at,
			count(*)::int as questions
		from phrase_members as p
		inner join phrase_groups as g on g.model = p.model and g.n = p.n
		inner join handoff_facts as h on h.handoff_id = p.handoff_id
		group by g.model, g.held_by
	)
select
	g.model,
	g.n,
	m.topic,
	m.language,
	g.label,
	g.name,
	g.status,
	g.merged_into,
	g.held_by,
	coalesce(s.questions, 0) as questions,
	strftime(s.first_at, '%Y-%m-%dT%H:%M:%SZ') as first_at,
	strftime(s.last_at, '%Y-%m-%dT%H:%M:%SZ') as last_at
from phrase_groups as g
inner join phrase_models as m on m.model = g.model and m.ended_at is null
left join spans as s on s.model = g.model and s.n = g.n
order by g.model, g.n
