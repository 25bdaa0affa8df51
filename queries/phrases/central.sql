-- central: one row per handoff among the most central ones of each group of a filter, the most central first.
with
	placed as (
		select
			s.handoff_id,
			g.model,
			g.held_by as n,
			row_number() over (
				partition by g.model, g.held_by
				order by p.similarity desc, s.handoff_id
			) as place
		from selected_handoffs($filter, $by) as s
		inner join phrase_members as p on p.handoff_id = s.handoff_id
		inner join phrase_models as m
			on m.model = p.model
			and m.ended_at is null
			and m.topic is not distinct from s.topic
			and m.language is not distinct from s.language
		inner join phrase_groups as g on g.model = p.model and g.n = p.n
	),
	nearest as (
		select *
		from placed
		where place <= $most::int
	)
select
	n.model,
	n.n,
	n.handoff_id,
	left(h.question, 2000) as question
from nearest as n
inner join handoffs as h on h.handoff_id = n.handoff_id
order by n.model, n.n, n.place
