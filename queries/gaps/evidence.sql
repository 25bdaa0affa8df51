-- evidence: one row per topic, trigger, what the AI lacked and outcome: how many failures, where a review goes before the log.
with
	failed as (
		select
			h.topic,
			h.trigger,
			case when r.handoff_id is null then h.lacked else r.lacked end as lacked,
			h.outcome
		from selected_handoffs($filter, []::varchar[]) as h
		left join reviews as r on r.handoff_id = h.handoff_id and r.ended_at is null
		where h.route = 'failure'
	)
select
	topic,
	trigger,
	lacked,
	outcome,
	count(*)::int as failures
from failed
group by topic, trigger, lacked, outcome
order by topic, failures desc, trigger, lacked, outcome
