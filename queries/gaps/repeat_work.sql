-- repeat_work: one row per topic: failures that came back with their next contact within the window, and the work of people in that contact, where it is known.
with
	back as (
		select
			topic,
			next_contact_conversation_id
		from followed_contacts('handed_off', $filter, []::varchar[])
		where
			is_followed
			and next_same_topic_at = next_contact_at
			and next_contact_at <= ends_at
			and seconds_between(ended_at, next_contact_at) / 86400 <= $window_days::double
	),
	worked as (
		select
			conversation_id,
			sum(handle_s)::double as handle_s
		from handoff_facts
		where conversation_id in (select next_contact_conversation_id from back)
		group by conversation_id
		-- Half of the work is not the work.
		having count(handle_s) = count(*)
	),
	timed as (
		select
			b.topic,
			case
				-- The AI had it alone: no work of people.
				when c.is_ai_only then 0
				else w.handle_s
			end as work_s
		from back as b
		left join conversation_facts as c on c.conversation_id = b.next_contact_conversation_id
		left join worked as w on w.conversation_id = b.next_contact_conversation_id
	)
select
	topic,
	count(*)::int as contacts,
	count(work_s)::int as known,
	avg(work_s)::double as mean_work_s
from timed
group by topic
order by topic
