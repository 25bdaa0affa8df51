-- What the list of conversations selects from.

-- The conversations of a list: every column that it can show, be sorted by and be narrowed to.
-- asked: ids, silent (days), maps of values, flags and ranges by column; null or absent = not asked.
-- needs_handoffs, needs_records: without them the number of handoffs, or length, confidence and right
-- turn, are null, and it is faster.
create or replace macro listed_conversations(f, asked, window_days) as table
	with
		told as (
			select
				c.*,
				case when is_handed_off then 'handed_off' when is_ai_only then 'ai_only' when is_human_only then 'human_only' end as path,
				coalesce(customer_id is not null and topic is not null and ended_at <= ends_at, false) as is_followed,
				ended_at > ends_at as is_after_log,
				seconds_between(ended_at, ends_at) as left_s,
				seconds_between(ended_at, next_same_topic_at) as same_topic_s,
				seconds_between(ended_at, next_contact_at) as any_topic_s
			from selected_conversations(f, []::varchar[]) as c
			cross join log_end
			where asked['ids'] is null or list_contains(asked['ids'], conversation_id)
		),
		handed_over as (
			select
				conversation_id,
				count(*)::int as handoffs
			from handoff_facts
			where asked['needs_handoffs']
			group by conversation_id
		),
		listed as (
			select
				-- The clock of the zone is slow: it is asked only where the column is read.
				local_time(t.started_at, (select timezone from settings)) as started_local,
				t.started_at,
				t.topic,
				t.channel,
				t.language,
				t.customer_tier,
				t.ai_version,
				path,
				t.handled_by,
				t.resolution,
				t.csat,
				seconds_between(r.started_at, r.ended_at) as length_s,
				r.confidence,
				r.right_turn,
				case when asked['needs_handoffs'] then coalesce(h.handoffs, 0) end as handoffs,
				is_after_log,
				is_followed,
				case
					when not is_followed then null
					when same_topic_s <= least(window_days * 86400, left_s) then true
					when left_s >= window_days * 86400 then false
				end as is_repeated,
				case when is_followed and same_topic_s <= left_s then same_topic_s end as back_s,
				case when is_followed and any_topic_s <= left_s then any_topic_s end as contact_s,
				case when is_followed then left_s end as watched_s,
				case when is_followed and any_topic_s <= left_s then next_contact_conversation_id end as next_conversation_id,
				case when is_followed and any_topic_s <= left_s then next_contact_topic end as next_topic,
				case when is_followed and any_topic_s <= left_s then next_contact_channel end as next_channel,
				t.customer_id,
				t.conversation_id
			from told as t
			left join (
				select *
				from conversations
				where asked['needs_records'] and (asked['ids'] is null or list_contains(asked['ids'], conversation_id))
			) as r on r.conversation_id = t.conversation_id
			left join handed_over as h on h.conversation_id = t.conversation_id
		)
	select *
	from listed
	where
		is_among(path, asked['values']['path'])
		and is_among(resolution, asked['values']['resolution'])
		and (
			asked['silent'] is null
			or watched_s >= asked['silent'] * 86400 and coalesce(contact_s > asked['silent'] * 86400, true)
		)
		and is_as_asked(customer_id is not null, asked['flags']['identified'])
		and is_as_asked(is_after_log, asked['flags']['after_log'])
		and is_as_asked(is_followed, asked['flags']['followed'])
		and is_as_asked(is_repeated, asked['flags']['repeated'])
		and is_in_range(csat, asked['ranges']['csat'])
		and is_in_range(length_s, asked['ranges']['length_s'])
		and is_in_range(confidence, asked['ranges']['confidence'])
		and is_in_range(right_turn, asked['ranges']['right_turn'])
		and (asked['ranges']['handoffs'] is null or is_in_range(handoffs, asked['ranges']['handoffs']))
		and is_in_range(back_s, asked['ranges']['back_s'])
		and is_in_range(contact_s, asked['ranges']['contact_s'])
		and is_in_range(watched_s, asked['ranges']['watched_s']);
