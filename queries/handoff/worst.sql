-- worst: one row per handoff: the lowest scores of a filter, of handoffs of which half the weight is known.
with
	scored as (
		select
			*,
			coalesce(is_late, false)::int
				+ coalesce(is_cold, false)::int
				+ coalesce(announced = false, false)::int
				+ coalesce(is_fought, false)::int
				+ coalesce(is_misrouted, false)::int as modes
		from scored_handoffs($filter, $by, $weights)
		where score_coverage >= 0.5
	),
	-- Sums of the same parts in another order differ in their last digits.
	ranked as (
		select
			*,
			row_number() over (
				order by
					round(score, 6),
					modes desc,
					csat nulls last,
					wait_after_s desc nulls last,
					handoff_id
			) as place
		from scored
	)
select
	r.handoff_id,
	strftime(r.handed_off_local, '%Y-%m-%dT%H:%M') as handed_off_local,
	r.topic,
	r.trigger,
	r.route,
	r.channel,
	r.queue,
	h.resolved_queue,
	r.wait_before_s,
	r.wait_after_s,
	r.handle_s,
	r.csat,
	r.outcome,
	r.score,
	r.score_coverage,
	r.resolution_efficiency,
	r.is_late,
	r.is_cold,
	r.announced = false as is_hidden,
	r.is_fought,
	r.is_misrouted,
	r.is_resolved,
	r.is_answered,
	r.human_requests,
	r.ai_attempts,
	r.reasked,
	h.transfers,
	h.context,
	case
		when h.context is not null then list_filter(s.required_context, lambda item: not list_contains(h.context, item))
	end as missing,
	coalesce(limits.limit_s, s.default_late_limit_s) as late_limit_s,
	s.late_ai_attempts,
	s.gap_target_s,
	s.gap_worst_s,
	left(h.question, 240) as question,
	left(h.summary, 240) as summary,
	r.necessary,
	r.lacked
from ranked as r
cross join settings as s
join handoffs as h on h.handoff_id = r.handoff_id
left join late_limits as limits on limits.channel = lower(r.channel)
where r.place <= $most::int
order by r.place
