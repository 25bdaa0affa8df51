-- phrase_handoffs: one row per phrase group, whether it failed, trigger, what the AI lacked and outcome: handoffs with a known route, their work and their ratings.
with
	placed as (
		select
			'p' || g.model || '-' || g.held_by as phrase,
			h.route = 'failure' as is_failure,
			h.trigger,
			case when r.handoff_id is null then h.lacked else r.lacked end as lacked,
			h.outcome,
			h.handle_s,
			h.csat
		from selected_handoffs($filter, []::varchar[]) as h
		inner join phrase_members as p on p.handoff_id = h.handoff_id
		inner join phrase_models as m
			on m.model = p.model
			and m.ended_at is null
			and m.topic is not distinct from h.topic
			and m.language is not distinct from h.language
		inner join phrase_groups as g on g.model = p.model and g.n = p.n
		left join reviews as r on r.handoff_id = h.handoff_id and r.ended_at is null
		where h.route is not null
	)
select
	phrase,
	is_failure,
	trigger,
	lacked,
	outcome,
	count(*)::int as handoffs,
	count(handle_s)::int as handled,
	avg(handle_s)::double as mean_handle_s,
	coalesce(sum(handle_s * handle_s), 0)::double as handle_squares,
	count(csat)::int as answers,
	coalesce(sum(csat), 0)::double as total,
	coalesce(sum(csat * csat), 0)::double as total_of_squares
from placed
group by phrase, is_failure, trigger, lacked, outcome
order by phrase, is_failure, handoffs desc, trigger, lacked, outcome
