-- within_topics: one row per route, trigger and topic: how handoffs came about and how they ended, as hits out of those of which it is known, and times with the AI on a log scale.
with
	told as (
		select
			s.*,
			case when logged.has_ends then s.is_resolved end as is_resolved_known,
			case when r.handoff_id is null then s.necessary else r.necessary end as is_needed,
			case
				when s.customer_id is null or s.topic is null then null
				when plus_seconds(s.ended_at, $window_days::double * 86400) > log_end.ends_at then null
				else coalesce(
					s.next_same_topic_at <= plus_seconds(s.ended_at, $window_days::double * 86400),
					false
				)
			end as is_repeated,
			ln(greatest(s.wait_before_s, 1)) as log_before
		from selected_handoffs($filter, $by) as s
		cross join logged
		cross join log_end
		left join reviews as r on r.handoff_id = s.handoff_id and r.ended_at is null
	)
select
	route,
	trigger,
	topic,
	count(*)::int as handoffs,
	count(log_before)::int as before_n,
	avg(log_before)::double as before_mean,
	sd_of(log_before) as before_sd,
	count(ai_attempts)::int as attempts_n,
	coalesce(sum(ai_attempts), 0)::double as attempts_sum,
	coalesce(sum(ai_attempts::double * ai_attempts), 0)::double as attempts_squares,
	count(is_late)::int as late_n,
	count_when(is_late) as late_hits,
	count(is_resolved_known)::int as resolution_n,
	count_when(is_resolved_known) as resolution_hits,
	count(outcome)::int as outcome_n,
	count_when(outcome = 'abandoned') as abandonment_hits,
	count_when(outcome = 'not_connected') as not_connected_hits,
	count_when(outcome = 'returned_to_ai') as handback_hits,
	count(csat)::int as csat_n,
	count_when(is_satisfied(csat)) as csat_hits,
	count(is_repeated)::int as repeat_n,
	count_when(is_repeated) as repeat_hits,
	count(is_needed)::int as avoidable_n,
	count_when(not is_needed) as avoidable_hits,
	count(is_misrouted)::int as misrouted_n,
	count_when(is_misrouted) as misrouted_hits
from told
group by route, trigger, topic
order by route, trigger, topic
