-- What every query of a page selects from: the rows of a period and filter, under up to two dimensions.

-- One row: whether the log as a whole carries surveys and says how handoffs ended. A field that a
-- log never carries leaves its metrics empty: absent is not zero.
create or replace view logged as
select
	exists (select 1 from handoff_facts where csat is not null) as has_surveys,
	exists (select 1 from handoff_facts where outcome in ('resolved', 'unresolved')) as has_ends;

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
-- w: weights of context, routing, smoothness, resolution; null: no score is asked for, and it is faster.
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
			left join (
				select *
				from topic_pace
				where w is not null
			) as pace on pace.topic is not distinct from selected.topic
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

-- Conversations whose right turns are labelled throughout, with the turns at which they were handed
-- over: each handoff logs its turn, and each has a label or the conversation's own record has one.
create or replace view labelled_conversations as
with
	marked as (
		select conversation_id
		from handoffs
		where right_turn is not null
		union
		select conversation_id
		from conversations
		where right_turn is not null
	),
	turned as (
		select
			conversation_id,
			min({'handed_off_at': handed_off_at, 'handoff_id': handoff_id})['handoff_id'] as first_id,
			list(handoff_turn order by handoff_turn) as handoff_turns,
			list(right_turn) as right_turns,
			count(*) = count(handoff_turn) as is_timed,
			count(*) = count(right_turn) as is_labelled
		from handoffs
		where conversation_id in (select conversation_id from marked)
		group by conversation_id
	)
select
	t.conversation_id,
	t.first_id,
	t.handoff_turns,
	-- 0 says that no turn was right.
	list_sort(list_distinct(list_filter(list_append(t.right_turns, c.right_turn), lambda turn: turn > 0))) as right_turns
from turned as t
left join conversations as c on c.conversation_id = t.conversation_id
where t.is_timed and (t.is_labelled or c.right_turn is not null);

-- Turns from the nearest right one, the earlier of two, to that of a handoff; late ones are above 0.
create or replace macro turns_late(turn, right_turns) as
	list_sort(list_transform(right_turns, lambda nearest: {'away': abs(turn - nearest), 'late': turn - nearest}))[1]['late'];

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
