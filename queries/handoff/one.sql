-- one: one row per handoff that bears an id, with everything its page says of it.
with
	scored as (
		select *
		from scored_handoffs($filter, $by, $weights)
		where handoff_id = $handoff_id::varchar
	),
	timed as (
		select
			f.*,
			s.*,
			h.resolved_queue,
			h.transfers,
			h.context,
			h.sentiment_start,
			h.sentiment_end,
			h.question,
			h.summary,
			h.resolution,
			coalesce(h.started_at, plus_seconds(f.handed_off_at, -f.wait_before_s)) as began_at,
			coalesce(
				h.first_human_reply_at,
				case when f.is_answered then plus_seconds(f.handed_off_at, f.wait_after_s) end
			) as replied_at,
			h.resolved_at,
			coalesce(limits.limit_s, s.default_late_limit_s) as late_limit_s,
			pace.p20_s,
			pace.p80_s,
			log_end.ends_at
		from scored as f
		cross join settings as s
		cross join log_end
		join handoffs as h on h.handoff_id = f.handoff_id
		left join late_limits as limits on limits.channel = lower(f.channel)
		left join topic_pace as pace on coalesce(pace.topic, '') = coalesce(f.topic, '')
	)
select
	handoff_id,
	conversation_id,
	customer_id,
	topic,
	subtopic,
	trigger,
	route,
	channel,
	queue,
	resolved_queue,
	language,
	customer_tier,
	ai_version,
	team,
	local_week::varchar as local_week,
	strftime(local_time(began_at, timezone), '%Y-%m-%dT%H:%M:%S') as began_local,
	strftime(handed_off_local, '%Y-%m-%dT%H:%M:%S') as handed_off_local,
	strftime(local_time(replied_at, timezone), '%Y-%m-%dT%H:%M:%S') as replied_local,
	strftime(local_time(resolved_at, timezone), '%Y-%m-%dT%H:%M:%S') as resolved_local,
	strftime(local_time(ended_at, timezone), '%Y-%m-%dT%H:%M:%S') as ended_local,
	strftime(local_time(next_contact_at, timezone), '%Y-%m-%dT%H:%M:%S') as next_contact_local,
	seconds_between(ended_at, next_contact_at) as next_contact_after_s,
	next_same_topic_at = next_contact_at as is_next_same_topic,
	wait_before_s,
	wait_after_s,
	handle_s,
	time_to_resolution_s,
	seconds_between(began_at, handed_off_at) as began_before_s,
	seconds_between(handed_off_at, replied_at) as replied_after_s,
	seconds_between(handed_off_at, resolved_at) as handed_off_to_resolved_s,
	seconds_between(handed_off_at, ended_at) as ended_after_s,
	seconds_between(ended_at, ends_at) as watched_s,
	is_wait_disputed,
	outcome,
	is_answered,
	is_resolved,
	csat,
	is_late,
	is_cold,
	announced = false as is_hidden,
	is_fought,
	is_misrouted,
	announced,
	reasked,
	human_requests,
	ai_attempts,
	confidence,
	sentiment_start,
	sentiment_end,
	transfers,
	context,
	required_context,
	case
		when context is not null then list_filter(required_context, lambda item: not list_contains(context, item))
	end as missing,
	context_completeness,
	routing_accuracy::double as routing_accuracy,
	transition_smoothness,
	resolution_efficiency,
	score,
	score_coverage,
	late_limit_s,
	late_ai_attempts,
	gap_target_s,
	gap_worst_s,
	p20_s,
	p80_s,
	question,
	summary,
	resolution,
	necessary,
	lacked
from timed
