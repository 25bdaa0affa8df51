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

-- What may be followed by another contact of the same customer: handoffs, or AI-only conversations.
create or replace macro contacts_to_follow(path, f, b) as table
	select key1, key2, customer_id, topic, ended_at, next_same_topic_at
	from selected_handoffs(f, b)
	where path = 'handed_off'
	union all
	select key1, key2, customer_id, topic, ended_at, next_same_topic_at
	from selected_conversations(f, b)
	where path = 'ai_only' and is_ai_only;

-- One row per group: the life table until the same customer comes back on the same topic, in days
-- up to the window.
create or replace macro life_table(path, f, b, window_days) as table
	with
		log_end as (
			select max(last_at) as ends_at
			from (
				select max(handed_off_at) as last_at from handoff_facts
				union all
				select max(started_at) as last_at from conversation_facts
			) as ends
		),
		population as (
			select
				key1,
				key2,
				customer_id is not null and topic is not null and ended_at <= ends_at as is_followed,
				next_same_topic_at <= ends_at as is_repeated,
				seconds_between(ended_at, least(coalesce(next_same_topic_at, ends_at), ends_at)) / 86400 as days
			from contacts_to_follow(path, f, b)
			cross join log_end
		),
		sizes as (
			select
				key1,
				key2,
				count(*)::int as possible,
				count_when(is_followed) as n,
				count_when(is_followed and days >= window_days) as at_risk_at_window
			from population
			group by key1, key2
		),
		-- Whatever lies beyond the window is only counted: one time will do for all of it.
		followed as (
			select key1, key2, is_repeated, least(days, window_days + 1) as days
			from population
			where is_followed
		),
		times as (
			select
				key1,
				key2,
				days,
				count_when(is_repeated) as repeats,
				sum(count(*)) over (partition by key1, key2 order by days desc)::int as at_risk
			from followed
			group by key1, key2, days
		),
		steps as (
			select
				key1,
				key2,
				list(days order by days) as days,
				list(at_risk order by days) as at_risk,
				list(repeats order by days) as repeats
			from times
			where repeats > 0 and days <= window_days
			group by key1, key2
		)
	select
		sizes.key1,
		sizes.key2,
		sizes.possible,
		sizes.n,
		sizes.at_risk_at_window,
		steps.days,
		steps.at_risk,
		steps.repeats
	from sizes
	left join steps
		on coalesce(steps.key1, '') = coalesce(sizes.key1, '')
		and coalesce(steps.key2, '') = coalesce(sizes.key2, '');
