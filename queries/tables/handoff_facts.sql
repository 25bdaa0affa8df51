-- handoff_facts: one row per affected handoff with everything the pages group, filter and average by.
with
	affected as (
		select h.*
		from handoffs as h
		where h.handoff_id in (select handoff_id from affected_handoffs)
	),
	timed as (
		select
			a.*,
			coalesce(a.wait_before_s, seconds_between(a.started_at, a.handed_off_at)) as before_s,
			coalesce(a.wait_after_s, seconds_between(a.handed_off_at, a.first_human_reply_at)) as after_s,
			coalesce(a.started_at, plus_seconds(a.handed_off_at, -a.wait_before_s)) as began_at,
			coalesce(
				c.ended_at,
				a.resolved_at,
				plus_seconds(
					a.handed_off_at,
					coalesce(
						a.wait_after_s,
						seconds_between(a.handed_off_at, a.first_human_reply_at),
						0
					) + coalesce(a.handle_s, 0)
				)
			) as ended_at,
			local_time(a.handed_off_at, $timezone::varchar) as handed_off_local,
			case
				when a.queue <> a.resolved_queue then greatest(coalesce(a.transfers, 0), 1)
				when a.transfers is not null then a.transfers
				when a.queue = a.resolved_queue then 0
			end as moves
		from affected as a
		left join conversations as c on c.conversation_id = a.conversation_id
	),
	named as (
		select
			t.*,
			coalesce(known.trigger, t.trigger) as trigger_name,
			coalesce(t.route, known.route) as known_route,
			coalesce(limits.limit_s, s.default_late_limit_s) as late_limit_s,
			case
				when t.first_human_reply_at is not null then true
				when t.outcome in ('abandoned', 'not_connected', 'callback') then false
				when t.after_s is not null then true
			end as got_reply,
			s.*
		from timed as t
		cross join settings as s
		left join triggers as known on known.spelling = lower(replace(replace(t.trigger, ' ', '_'), '-', '_'))
		left join late_limits as limits on limits.channel = lower(t.channel)
	),
	-- Sorting for the next contact carries as little as it can.
	ends as (
		select handoff_id, customer_id, topic, channel, plus_seconds(ended_at, repeat_grace_s) as grace_ends_at
		from named
		where customer_id is not null
	),
	-- Contacts of one moment are told apart by their ids, so that the same log gives the same facts.
	first_contacts as (
		select
			customer_id,
			started_at,
			min({'conversation_id': conversation_id, 'topic': topic, 'channel': channel}) as contact
		from contacts
		where is_first
		group by customer_id, started_at
	),
	topic_contacts as (
		select
			customer_id,
			topic,
			started_at,
			min({'conversation_id': conversation_id, 'topic': topic, 'channel': channel}) as contact
		from contacts
		where topic is not null
		group by customer_id, topic, started_at
	),
	followed as (
		select
			e.handoff_id,
			same_topic.started_at as next_same_topic_at,
			same_both.started_at as next_same_topic_channel_at,
			least(any_contact.started_at, same_topic.started_at) as next_contact_at,
			least(same_channel.started_at, same_both.started_at) as next_channel_at,
			case
				when same_topic.started_at <= any_contact.started_at or any_contact.started_at is null then same_topic.contact
				else any_contact.contact
			end as next_contact
		from ends as e
		asof left join first_contacts as any_contact
			on any_contact.customer_id = e.customer_id
			and any_contact.started_at > e.grace_ends_at
		asof left join topic_contacts as same_topic
			on same_topic.customer_id = e.customer_id
			and same_topic.topic = e.topic
			and same_topic.started_at > e.grace_ends_at
		asof left join contacts as same_channel
			on same_channel.customer_id = e.customer_id
			and same_channel.channel = e.channel
			and same_channel.is_first
			and same_channel.started_at > e.grace_ends_at
		asof left join contacts as same_both
			on same_both.customer_id = e.customer_id
			and same_both.topic = e.topic
			and same_both.channel = e.channel
			and same_both.started_at > e.grace_ends_at
	)
select
	n.handoff_id,
	conversation_id,
	customer_id,
	topic,
	subtopic,
	trigger_name as trigger,
	known_route as route,
	channel,
	queue,
	language,
	customer_tier,
	ai_version,
	team,
	outcome,
	handed_off_at,
	ended_at,
	handed_off_local,
	handed_off_local::date as local_day,
	week_of(handed_off_local::date) as local_week,
	month_of(handed_off_local::date) as local_month,
	hour(handed_off_local)::tinyint as local_hour,
	before_s as wait_before_s,
	after_s as wait_after_s,
	before_s + after_s as wait_total_s,
	handle_s,
	seconds_between(began_at, resolved_at) as time_to_resolution_s,
	abs(wait_before_s - seconds_between(started_at, handed_off_at)) > 1
		or abs(wait_after_s - seconds_between(handed_off_at, first_human_reply_at)) > 1 as is_wait_disputed,
	got_reply as is_answered,
	case
		when outcome = 'resolved' then true
		when outcome in ('unresolved', 'transferred', 'returned_to_ai', 'callback', 'abandoned', 'not_connected') then false
	end as is_resolved,
	csat,
	announced,
	reasked,
	human_requests,
	ai_attempts,
	confidence,
	necessary,
	lacked,
	case
		when before_s > late_limit_s or human_requests >= late_human_requests or ai_attempts >= late_ai_attempts then true
		when before_s is null and human_requests is null and ai_attempts is null then null
		else false
	end as is_late,
	case
		when reasked >= 2 then true
		when context is not null then not (list_contains(context, 'summary') or list_contains(context, 'transcript'))
		when reasked is not null then false
	end as is_cold,
	human_requests >= 2 as is_fought,
	moves > 0 as is_misrouted,
	case
		when context is not null then len(list_filter(required_context, lambda item: list_contains(context, item)))::double / len(required_context)
	end as context_completeness,
	case
		when moves = 0 then 1.0
		when moves = 1 and outcome = 'resolved' then 0.5
		when moves = 1 and coalesce(outcome, 'answered') = 'answered' then null
		when moves >= 1 then 0.0
	end as routing_accuracy,
	list_avg(list_filter([
		case when reasked = 0 then 1.0 when reasked = 1 then 0.5 when reasked > 1 then 0.0 end,
		case when announced then 1.0 when not announced then 0.0 end,
		case
			-- Who gave up was not served after that wait.
			when not got_reply then null
			when after_s <= gap_target_s then 1.0
			when after_s >= gap_worst_s then 0.0
			when after_s is not null then (gap_worst_s - after_s) / (gap_worst_s - gap_target_s)
		end
	], lambda part: part is not null))::double as transition_smoothness,
	next_same_topic_at,
	next_same_topic_channel_at,
	next_contact_at,
	next_channel_at,
	next_contact.conversation_id as next_contact_conversation_id,
	next_contact.topic as next_contact_topic,
	next_contact.channel as next_contact_channel
from named as n
left join followed as f on f.handoff_id = n.handoff_id
-- Stored by time, a period is read without the rest.
order by n.handed_off_at
