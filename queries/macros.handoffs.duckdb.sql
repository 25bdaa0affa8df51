-- What the list of handoffs selects from.

-- The handoffs whose question a phrase group holds today, by its id or that of a group merged with it,
-- with the topic and language that it is of.
create or replace macro phrased_handoffs(id) as table
	select distinct
		p.handoff_id,
		m.topic,
		m.language
	from phrase_groups as asked
	inner join phrase_groups as g on g.model = asked.model and g.held_by = asked.held_by
	inner join phrase_models as m on m.model = g.model and m.ended_at is null
	inner join phrase_members as p on p.model = g.model and p.n = g.n
	where 'p' || asked.model || '-' || asked.n = id;

-- The handoffs of a list: every column that it can show, be sorted by and be narrowed to.
-- asked: ids, up to eight words, maps of values, flags and ranges by column, items of context that travelled
-- (has) or did not (lacks), phrase (an id), days of silence, weekday, hour; null or absent = not asked.
-- needs: what is read besides facts, for it is faster without. Without texts agent, queue of the end,
-- transfers, context and texts are null; without chains nothing is said of other handoffs of the
-- conversation, without turns nothing of labels, without records nothing of the ends of conversations
-- and the path of the next one.
create or replace macro told_handoffs(f, b, w, asked, window_days) as table
	with
		chosen as (
			select conversation_id, next_contact_conversation_id
			from selected_handoffs(f, b)
			where asked['ids'] is null or list_contains(asked['ids'], handoff_id)
		),
		-- Conversations with several handoffs; few have them.
		chains as (
			select
				conversation_id,
				count(*)::int as handoffs,
				min({'handed_off_at': handed_off_at, 'handoff_id': handoff_id})['handoff_id'] as first_id,
				max({'handed_off_at': handed_off_at, 'handoff_id': handoff_id})['handoff_id'] as last_id
			from handoff_facts
			where list_contains(asked['needs'], 'chains') and conversation_id in (select conversation_id from chosen)
			group by conversation_id
			having count(*) > 1
		),
		-- A later import may hand a conversation over: its path is that of today.
		handed_over_next as (
			select distinct conversation_id
			from handoff_facts
			where
				list_contains(asked['needs'], 'records')
				and conversation_id in (select next_contact_conversation_id from chosen)
		),
		-- Of the conversations of a few handoffs nothing is built for all of them.
		records as not materialized (
			select conversation_id, resolution, is_ai_only, is_human_only
			from conversation_facts
			where list_contains(asked['needs'], 'records') and asked['ids'] is null
			union all
			select conversation_id, resolution, is_ai_only, is_human_only
			from conversation_facts
			where
				list_contains(asked['needs'], 'records')
				and asked['ids'] is not null
				and conversation_id in (select unnest([conversation_id, next_contact_conversation_id]) from chosen)
		),
		told as (
			select
				s.*,
				h.agent_id,
				h.resolved_queue,
				h.transfers,
				h.question,
				h.summary,
				h.resolution,
				s.route = 'failure' as is_failure,
				s.announced = false as is_hidden,
				s.wait_after_s > s.wait_before_s as is_longer,
				not case when r.handoff_id is null then s.necessary else r.necessary end as is_avoidable,
				case when r.handoff_id is null then s.lacked else r.lacked end as lacked_now,
				r.handoff_id is not null as is_reviewed,
				r.handoff_id is not null or s.necessary is not null or s.lacked is not null as is_judged,
				s.customer_id is not null as is_identified,
				coalesce(s.customer_id is not null and s.topic is not null and s.ended_at <= ends_at, false) as is_followed,
				case when s.ended_at <= ends_at then seconds_between(s.ended_at, ends_at) end as watched_s,
				seconds_between(s.ended_at, s.next_same_topic_at) as same_topic_s,
				seconds_between(s.ended_at, s.next_contact_at) as any_topic_s,
				seconds_between(s.ended_at, s.next_same_topic_channel_at) as same_both_s,
				seconds_between(s.ended_at, s.next_channel_at) as same_channel_s,
				coalesce(chains.handoffs, 1) as conversation_handoffs,
				coalesce(chains.first_id = s.handoff_id, true) as is_first,
				coalesce(chains.last_id <> s.handoff_id, false) as is_again,
				labels.conversation_id is not null as is_labelled,
				turns_late(h.handoff_turn, labels.right_turns)::int as turns_late,
				own.resolution as conversation_ended,
				case
					when handed_over_next.conversation_id is not null then 'handed_off'
					when next_one.is_ai_only then 'ai_only'
					when next_one.is_human_only then 'human_only'
					else 'unknown'
				end as next_path
			from scored_handoffs(f, b, w) as s
			cross join log_end
			-- Both sides are cut to the period and the ids, or the texts of all handoffs would be read for
			-- a few; where nothing is asked of them they are left alone.
			left join (
				select *
				from handoffs
				where
					list_has_any(asked['needs'], ['texts', 'turns'])
					-- The period is of the team's clock, which no zone moves by a whole day.
					and handed_off_at >= f['from']::date - 1
					and handed_off_at < f['to']::date + 1
					and (asked['ids'] is null or list_contains(asked['ids'], handoff_id))
			) as h on h.handoff_id = s.handoff_id
			left join chains on chains.conversation_id = s.conversation_id
			left join (
				select conversation_id, right_turns
				from labelled_conversations
				where list_contains(asked['needs'], 'turns')
			) as labels on labels.conversation_id = s.conversation_id
			left join records as own on own.conversation_id = s.conversation_id
			left join handed_over_next on handed_over_next.conversation_id = s.next_contact_conversation_id
			left join records as next_one on next_one.conversation_id = s.next_contact_conversation_id
			left join reviews as r on r.handoff_id = s.handoff_id and r.ended_at is null
			left join phrased_handoffs(asked['phrase']) as phrased
				on phrased.handoff_id = s.handoff_id
				and phrased.topic is not distinct from s.topic
				and phrased.language is not distinct from s.language
			where
				(asked['phrase'] is null or phrased.handoff_id is not null)
				and (asked['ids'] is null or list_contains(asked['ids'], s.handoff_id))
				and (asked['has'] is null or list_has_all(h.context, asked['has']))
				and (asked['lacks'] is null or not list_has_any(h.context, asked['lacks']))
		),
		listed as (
			select
				handed_off_local,
				handed_off_at,
				handoff_id,
				conversation_id,
				customer_id,
				agent_id,
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
				wait_before_s,
				wait_after_s,
				wait_total_s,
				handle_s,
				time_to_resolution_s,
				outcome,
				csat,
				score,
				score_coverage,
				context_completeness,
				routing_accuracy::double as routing_accuracy,
				transition_smoothness,
				resolution_efficiency,
				is_failure,
				is_late,
				is_cold,
				is_hidden,
				is_fought,
				is_misrouted,
				is_longer,
				is_answered,
				is_resolved,
				case
					when not is_followed then null
					when same_topic_s <= least(window_days * 86400, watched_s) then true
					when watched_s >= window_days * 86400 then false
				end as is_repeated,
				case when is_followed and same_topic_s <= watched_s then same_topic_s end as back_s,
				case when is_followed and any_topic_s <= watched_s then any_topic_s end as contact_s,
				case when is_followed and same_both_s <= watched_s then same_both_s end as back_channel_s,
				case when is_followed and same_channel_s <= watched_s then same_channel_s end as contact_channel_s,
				case when is_followed and any_topic_s <= watched_s then next_contact_topic end as next_topic,
				case when is_followed and any_topic_s <= watched_s then next_contact_channel end as next_channel,
				case when is_followed and any_topic_s <= watched_s then next_path end as next_path,
				case when is_followed and any_topic_s <= watched_s then next_contact_topic = topic end as is_same_topic,
				is_identified,
				is_followed,
				watched_s,
				is_avoidable,
				lacked_now as lacked,
				is_judged,
				is_reviewed,
				conversation_handoffs,
				is_first,
				is_again,
				conversation_ended,
				is_wait_disputed,
				is_labelled,
				turns_late,
				transfers,
				reasked,
				human_requests,
				ai_attempts,
				confidence,
				question,
				summary,
				resolution
			from told
		)
	select *
	from listed;

-- Those of them that are asked for. Every question is copied into the plan wherever it is looked at:
-- who asks by ids alone reads the macro above and is spared them.
create or replace macro listed_handoffs(f, b, w, asked, window_days) as table
	select *
	from told_handoffs(f, b, w, asked, window_days)
	where
		is_said(asked['words'][1], question, summary, resolution)
		and is_said(asked['words'][2], question, summary, resolution)
		and is_said(asked['words'][3], question, summary, resolution)
		and is_said(asked['words'][4], question, summary, resolution)
		and is_said(asked['words'][5], question, summary, resolution)
		and is_said(asked['words'][6], question, summary, resolution)
		and is_said(asked['words'][7], question, summary, resolution)
		and is_said(asked['words'][8], question, summary, resolution)
		and is_among(outcome, asked['values']['outcome'])
		and is_among(resolved_queue, asked['values']['resolved_queue'])
		and is_among(next_topic, asked['values']['next_topic'])
		and is_among(next_channel, asked['values']['next_channel'])
		and is_among(next_path, asked['values']['next_path'])
		and is_among(lacked, asked['values']['lacked'])
		and is_among(conversation_ended, asked['values']['conversation_ended'])
		and (
			asked['silent'] is null
			or is_followed and watched_s >= asked['silent'] * 86400 and coalesce(contact_s > asked['silent'] * 86400, true)
		)
		and (asked['weekday'] is null or isodow(handed_off_local) = asked['weekday'])
		and (asked['hour'] is null or hour(handed_off_local) = asked['hour'])
		and is_as_asked(is_failure, asked['flags']['failure'])
		and is_as_asked(is_late, asked['flags']['late'])
		and is_as_asked(is_cold, asked['flags']['cold'])
		and is_as_asked(is_hidden, asked['flags']['hidden'])
		and is_as_asked(is_fought, asked['flags']['fought'])
		and is_as_asked(is_misrouted, asked['flags']['misrouted'])
		and is_as_asked(is_longer, asked['flags']['longer'])
		and is_as_asked(is_answered, asked['flags']['answered'])
		and is_as_asked(is_resolved, asked['flags']['resolved'])
		and is_as_asked(is_repeated, asked['flags']['repeated'])
		and is_as_asked(is_avoidable, asked['flags']['avoidable'])
		and is_as_asked(is_judged, asked['flags']['judged'])
		and is_as_asked(is_reviewed, asked['flags']['reviewed'])
		and is_as_asked(is_identified, asked['flags']['identified'])
		and is_as_asked(is_followed, asked['flags']['followed'])
		and is_as_asked(is_same_topic, asked['flags']['same_topic'])
		and is_as_asked(is_first, asked['flags']['first'])
		and is_as_asked(is_again, asked['flags']['again'])
		and is_as_asked(is_wait_disputed, asked['flags']['disputed'])
		and is_as_asked(is_labelled, asked['flags']['labelled'])
		and is_in_range(wait_before_s, asked['ranges']['wait_before_s'])
		and is_in_range(wait_after_s, asked['ranges']['wait_after_s'])
		and is_in_range(wait_total_s, asked['ranges']['wait_total_s'])
		and is_in_range(handle_s, asked['ranges']['handle_s'])
		and is_in_range(time_to_resolution_s, asked['ranges']['time_to_resolution_s'])
		and is_in_range(csat, asked['ranges']['csat'])
		and is_in_range(score, asked['ranges']['score'])
		and is_in_range(score_coverage, asked['ranges']['score_coverage'])
		and is_in_range(context_completeness, asked['ranges']['context_completeness'])
		and is_in_range(routing_accuracy, asked['ranges']['routing_accuracy'])
		and is_in_range(transition_smoothness, asked['ranges']['transition_smoothness'])
		and is_in_range(resolution_efficiency, asked['ranges']['resolution_efficiency'])
		and is_in_range(back_s, asked['ranges']['back_s'])
		and is_in_range(contact_s, asked['ranges']['contact_s'])
		and is_in_range(back_channel_s, asked['ranges']['back_channel_s'])
		and is_in_range(contact_channel_s, asked['ranges']['contact_channel_s'])
		and is_in_range(watched_s, asked['ranges']['watched_s'])
		and is_in_range(conversation_handoffs, asked['ranges']['conversation_handoffs'])
		and is_in_range(turns_late, asked['ranges']['turns_late'])
		and is_in_range(transfers, asked['ranges']['transfers'])
		and is_in_range(reasked, asked['ranges']['reasked'])
		and is_in_range(human_requests, asked['ranges']['human_requests'])
		and is_in_range(ai_attempts, asked['ranges']['ai_attempts'])
		and is_in_range(confidence, asked['ranges']['confidence']);
