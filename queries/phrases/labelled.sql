-- labelled: one row per question among the most central ones of each group of a phrase model, and among those of no group, with the label of the group.
with
	placed as (
		select
			p.handoff_id,
			p.n,
			row_number() over (
				partition by p.n
				order by p.similarity desc nulls last, p.handoff_id
			) as place
		from phrase_members as p
		where p.model = $model::int
	)
select
	l.n,
	g.label,
	left(h.question, 2000) as question
from placed as l
inner join handoffs as h on h.handoff_id = l.handoff_id
left join phrase_groups as g on g.model = $model::int and g.n = l.n
where l.place <= $most::int and h.question is not null and (l.n is null or g.n is not null)
order by l.n, l.place
