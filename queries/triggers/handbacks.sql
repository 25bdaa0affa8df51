-- handbacks: one row per group: handoffs that people returned to the AI, and what came next: another handoff of the same conversation, the customer coming back on the same topic within the window, or nothing.
with
	returned as (
		select
			s.key1,
			s.handoff_id,
			exists (
				select 1
				from handoff_facts as later
				where
					later.conversation_id = s.conversation_id
					and (later.handed_off_at > s.handed_off_at or (later.handed_off_at = s.handed_off_at and later.handoff_id > s.handoff_id))
			) as is_again,
			s.next_same_topic_at <= plus_seconds(s.ended_at, $window_days::double * 86400) as is_back,
			s.customer_id is not null
				and s.topic is not null
				and plus_seconds(s.ended_at, $window_days::double * 86400) <= log_end.ends_at as is_watched
		from selected_handoffs($filter, $by) as s
		cross join log_end
		where s.outcome = 'returned_to_ai'
	)
select
	key1,
	count(*)::int as handed_back,
	count_when(is_again) as again,
	count_when(not is_again and is_back) as came_back,
	count_when(not is_again and not coalesce(is_back, false) and is_watched) as stayed
from returned
group by key1
order by key1
