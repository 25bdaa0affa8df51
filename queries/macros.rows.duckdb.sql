-- What every query of a page selects from: the rows of a period and filter, under up to two dimensions.

-- One row: whether the log as a whole carries surveys and says how handoffs ended. A field that a
-- log never carries leaves its metrics empty: absent is not zero.
create or replace view logged as
select
	count(csat) > 0 as has_surveys,
	count_when(outcome in ('resolved', 'unresolved')) > 0 as has_ends
from handoff_facts;

-- The handoffs of a period and filter: the one place where a page's filter is applied.
-- f: from, to (local dates, to excluded) and lists of values; b: up to two dimensions → key1, key2.
create or replace macro selected_handoffs(f, b) as table
	select
		*,
		case b[1]
			when 'week' then local_week::varchar
			when 'day' then local_day::varchar
			when 'month' then local_month::varchar
			when 'topic' then topic
			when 'subtopic' then subtopic
			when 'trigger' then trigger
			when 'route' then route
			when 'channel' then channel
			when 'queue' then queue
			when 'language' then language
			when 'customer_tier' then customer_tier
			when 'ai_version' then ai_version
			when 'team' then team
			when 'outcome' then outcome
		end as key1,
		case b[2]
			when 'week' then local_week::varchar
			when 'day' then local_day::varchar
			when 'month' then local_month::varchar
			when 'topic' then topic
			when 'subtopic' then subtopic
			when 'trigger' then trigger
			when 'route' then route
			when 'channel' then channel
			when 'queue' then queue
			when 'language' then language
			when 'customer_tier' then customer_tier
			when 'ai_version' then ai_version
			when 'team' then team
			when 'outcome' then outcome
		end as key2
	from handoff_facts
	where
		local_day >= f['from']::date
		and local_day < f['to']::date
		and is_among(topic, f['topic'])
		and is_among(trigger, f['trigger'])
		and is_among(route, f['route'])
		and is_among(channel, f['channel'])
		and is_among(queue, f['queue'])
		and is_among(language, f['language'])
		and is_among(customer_tier, f['customer_tier'])
		and is_among(ai_version, f['ai_version'])
		and is_among(team, f['team']);

-- The same with the quality score of each handoff and the weight of what is known of it.
-- w: weights of context, routing, smoothness, resolution.
create or replace macro scored_handoffs(f, b, w) as table
	with
		components as (
			select
				selected.*,
				case
					when not logged.has_ends then null
					when selected.is_resolved = false then 0.0
					when selected.is_resolved = true and selected.handle_s is not null then
						case
							when selected.handle_s <= pace.p20_s then 1.0
							when selected.handle_s >= pace.p80_s then 0.0
							else ln(pace.p80_s / selected.handle_s) / ln(pace.p80_s / pace.p20_s)
						end
				end as resolution_efficiency
			from selected_handoffs(f, b) as selected
			cross join logged
			left join topic_pace as pace on coalesce(pace.topic, '') = coalesce(selected.topic, '')
		),
		weighed as (
			select
				*,
				w['context'] + w['routing'] + w['smoothness'] + w['resolution'] as whole,
				case when context_completeness is null then 0 else w['context'] end
					+ case when routing_accuracy is null then 0 else w['routing'] end
					+ case when transition_smoothness is null then 0 else w['smoothness'] end
					+ case when resolution_efficiency is null then 0 else w['resolution'] end as known
			from components
		)
	select
		*,
		known / whole as score_coverage,
		case when known > 0 then 100 * (
			coalesce(context_completeness * w['context'], 0)
			+ coalesce(routing_accuracy * w['routing'], 0)
			+ coalesce(transition_smoothness * w['smoothness'], 0)
			+ coalesce(resolution_efficiency * w['resolution'], 0)
		) / known end as score
	from weighed;

-- The conversations of a period and filter; they carry fewer dimensions than handoffs.
create or replace macro selected_conversations(f, b) as table
	select
		*,
		case b[1]
			when 'week' then local_week::varchar
			when 'day' then local_day::varchar
			when 'month' then local_month::varchar
			when 'topic' then topic
			when 'channel' then channel
			when 'language' then language
			when 'customer_tier' then customer_tier
			when 'ai_version' then ai_version
		end as key1,
		case b[2]
			when 'week' then local_week::varchar
			when 'day' then local_day::varchar
			when 'month' then local_month::varchar
			when 'topic' then topic
			when 'channel' then channel
			when 'language' then language
			when 'customer_tier' then customer_tier
			when 'ai_version' then ai_version
		end as key2
	from conversation_facts
	where
		local_day >= f['from']::date
		and local_day < f['to']::date
		and is_among(topic, f['topic'])
		and is_among(channel, f['channel'])
		and is_among(language, f['language'])
		and is_among(customer_tier, f['customer_tier'])
		and is_among(ai_version, f['ai_version']);

-- The latest handoff or start of a conversation: until then customers are watched.
create or replace view log_end as
select max(last_at) as ends_at
from (
	select max(handed_off_at) as last_at from handoff_facts
	union all
	select max(started_at) as last_at from conversation_facts
) as ends;

-- What may be followed by another contact of the same customer, and whether it is: handoffs, or
-- conversations that the AI or people had alone.
create or replace macro followed_contacts(path, f, b) as table
	with
		contacts as (
			select
				key1, key2, customer_id, topic, channel, ended_at,
				next_same_topic_at, next_same_topic_channel_at, next_contact_at, next_channel_at,
				next_contact_conversation_id, next_contact_topic, next_contact_channel
			from selected_handoffs(f, b)
			where path = 'handed_off'
			union all
			select
				key1, key2, customer_id, topic, channel, ended_at,
				next_same_topic_at, next_same_topic_channel_at, next_contact_at, next_channel_at,
				next_contact_conversation_id, next_contact_topic, next_contact_channel
			from selected_conversations(f, b)
			where case path when 'ai_only' then is_ai_only when 'human_only' then is_human_only end
		)
	select
		contacts.*,
		ends_at,
		coalesce(customer_id is not null and topic is not null and ended_at <= ends_at, false) as is_followed
	from contacts
	cross join log_end;

-- One row per group and time: the life table until a customer comes back, in days up to the horizon,
-- where it closes with all who are still watched; and one without a time for those not followed.
-- until 'same_topic': whatever else the customer asked in between; otherwise until the first contact,
-- on whatever topic. on_channel 'same': contacts on another channel do not count.
create or replace macro life_times(path, f, b, until, on_channel, horizon_days) as table
	with
		known as (
			select
				*,
				is_followed and (on_channel <> 'same' or channel is not null) as is_watched,
				case when on_channel = 'same' then next_same_topic_channel_at else next_same_topic_at end as same_topic_at,
				case when on_channel = 'same' then next_channel_at else next_contact_at end as any_topic_at
			from followed_contacts(path, f, b)
		),
		ends as (
			select
				*,
				case when until = 'same_topic' then same_topic_at else any_topic_at end as back_at
			from known
		),
		timed as (
			select
				*,
				case when is_watched then seconds_between(ended_at, least(coalesce(back_at, ends_at), ends_at)) / 86400 end as watched_days
			from ends
		),
		closed as (
			select
				*,
				case when watched_days > horizon_days then horizon_days else watched_days end as days,
				watched_days <= horizon_days and back_at <= ends_at as is_back
			from timed
		)
	select
		key1,
		key2,
		days,
		count(*)::int as contacts,
		sum(count(*)) over (partition by key1, key2, days is null order by days desc)::int as at_risk,
		count_when(is_back and back_at = same_topic_at) as same_topic,
		count_when(is_back and back_at is distinct from same_topic_at) as other_topic,
		count_when(not coalesce(is_back, false)) as censored
	from closed
	group by key1, key2, days;

-- One row per group: the life table until the same customer comes back on the same topic, in days
-- up to the window.
create or replace macro life_table(path, f, b, window_days) as table
	select
		key1,
		key2,
		sum(contacts)::int as possible,
		coalesce(sum(case when days is not null then contacts end), 0)::int as n,
		coalesce(sum(case when days >= window_days then contacts end), 0)::int as at_risk_at_window,
		list(days order by days) filter (where same_topic > 0) as days,
		list(at_risk order by days) filter (where same_topic > 0) as at_risk,
		list(same_topic order by days) filter (where same_topic > 0) as repeats
	from life_times(path, f, b, 'same_topic', 'any', window_days)
	group by key1, key2;

-- A question about a flag answered: asked is 'yes', 'no', 'unknown', or null for no question.
create or replace macro is_as_asked(x, asked) as
	case asked when 'yes' then x when 'no' then not x when 'unknown' then x is null else true end;

-- Whether a number lies in a range, ends included. r null: no range; not r['is_known']: no number.
create or replace macro is_in_range(x, r) as
	case
		when r is null then true
		when not r['is_known'] then x is null
		else x is not null and (r['low'] is null or x >= r['low']) and (r['high'] is null or x <= r['high'])
	end;

-- What a search looks through and for: no capitals, no accents.
create or replace macro folded(t) as strip_accents(lower(t));

create or replace macro is_said(word, question, summary, resolution) as
	word is null
	or contains(folded(question), folded(word))
	or contains(folded(summary), folded(word))
	or contains(folded(resolution), folded(word));

-- The handoffs of a list: every column that it can show, be sorted by and be narrowed to.
-- asked: ids, up to eight words, outcomes, items of context that travelled (has) or did not (lacks),
-- weekday, hour, flags, ranges; null = not asked.
-- needs_texts: without it agent, queue of the end, transfers, context and texts are null, and it is
-- faster.
create or replace macro listed_handoffs(f, b, w, asked, window_days) as table
	with
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
				s.customer_id is not null and s.topic is not null and s.ended_at <= ends_at as is_followed,
				seconds_between(s.ended_at, ends_at) as watched_s,
				seconds_between(s.ended_at, s.next_same_topic_at) as same_topic_s,
				seconds_between(s.ended_at, s.next_contact_at) as any_topic_s
			from scored_handoffs(f, b, w) as s
			cross join log_end
			-- Both sides are cut to the ids, or the texts of all handoffs would be read for a few; where
			-- nothing is asked of them they are left alone.
			left join (
				select *
				from handoffs
				where asked['needs_texts'] and (asked['ids'] is null or list_contains(asked['ids'], handoff_id))
			) as h on h.handoff_id = s.handoff_id
			left join reviews as r on r.handoff_id = s.handoff_id and r.ended_at is null
			where
				(asked['ids'] is null or list_contains(asked['ids'], s.handoff_id))
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
				is_avoidable,
				lacked_now as lacked,
				is_reviewed,
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
	from listed
	where
		is_said(asked['words'][1], question, summary, resolution)
		and is_said(asked['words'][2], question, summary, resolution)
		and is_said(asked['words'][3], question, summary, resolution)
		and is_said(asked['words'][4], question, summary, resolution)
		and is_said(asked['words'][5], question, summary, resolution)
		and is_said(asked['words'][6], question, summary, resolution)
		and is_said(asked['words'][7], question, summary, resolution)
		and is_said(asked['words'][8], question, summary, resolution)
		and is_among(outcome, asked['outcomes'])
		and (asked['weekday'] is null or isodow(handed_off_local) = asked['weekday'])
		and (asked['hour'] is null or hour(handed_off_local) = asked['hour'])
		and is_as_asked(is_failure, asked['failure'])
		and is_as_asked(is_late, asked['late'])
		and is_as_asked(is_cold, asked['cold'])
		and is_as_asked(is_hidden, asked['hidden'])
		and is_as_asked(is_fought, asked['fought'])
		and is_as_asked(is_misrouted, asked['misrouted'])
		and is_as_asked(is_longer, asked['longer'])
		and is_as_asked(is_answered, asked['answered'])
		and is_as_asked(is_resolved, asked['resolved'])
		and is_as_asked(is_repeated, asked['repeated'])
		and is_as_asked(is_avoidable, asked['avoidable'])
		and is_as_asked(is_reviewed, asked['reviewed'])
		and is_in_range(wait_before_s, asked['wait_before_s'])
		and is_in_range(wait_after_s, asked['wait_after_s'])
		and is_in_range(wait_total_s, asked['wait_total_s'])
		and is_in_range(handle_s, asked['handle_s'])
		and is_in_range(time_to_resolution_s, asked['time_to_resolution_s'])
		and is_in_range(csat, asked['csat'])
		and is_in_range(score, asked['score'])
		and is_in_range(score_coverage, asked['score_coverage'])
		and is_in_range(context_completeness, asked['context_completeness'])
		and is_in_range(routing_accuracy, asked['routing_accuracy'])
		and is_in_range(transition_smoothness, asked['transition_smoothness'])
		and is_in_range(resolution_efficiency, asked['resolution_efficiency'])
		and is_in_range(back_s, asked['back_s'])
		and is_in_range(contact_s, asked['contact_s'])
		and is_in_range(transfers, asked['transfers'])
		and is_in_range(reasked, asked['reasked'])
		and is_in_range(human_requests, asked['human_requests'])
		and is_in_range(ai_attempts, asked['ai_attempts'])
		and is_in_range(confidence, asked['confidence']);

-- A value as a cell of RFC 4180: absent is empty, whole numbers have no decimals.
create or replace macro csv_cell(x) as
	case
		when x is null then ''
		when typeof(x) = 'DOUBLE' then
			case
				when try_cast(x as double) between -1e15 and 1e15 and try_cast(x as double) % 1 = 0
					then try_cast(x as bigint)::varchar
				else x::varchar
			end
		when typeof(x) = 'VARCHAR' and (
			contains(x::varchar, ',') or contains(x::varchar, '"')
			or contains(x::varchar, chr(10)) or contains(x::varchar, chr(13))
		) then '"' || replace(x::varchar, '"', '""') || '"'
		else x::varchar
	end;

-- Whether a spreadsheet might run something of a line; more than those that src/lib/csv.ts defuses.
create or replace macro may_be_run(line) as
	regexp_matches(line, '(?:^|,)"?''*(?:[\s\pZ\x0b\x{feff}]*[-=+@－＝＋＠]|[\t\r\n])|[;\t\r\n][\s\pZ\x0b\x{feff}]*''*[-=+@－＝＋＠]');
