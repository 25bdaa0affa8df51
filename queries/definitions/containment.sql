-- containment: one row per definition of contained: conversations it is a share of, how many it counts, and the life table of those until the same customer comes back on the same topic, in days up to the window.
with
	timed as (
		select
			is_handed_off,
			coalesce(is_human_only, false) as is_human_only,
			resolution,
			case when customer_id is not null and topic is not null then seconds_between(ended_at, ends_at) / 86400 end as shown_days,
			seconds_between(ended_at, next_contact_at) / 86400 as back_days,
			seconds_between(ended_at, next_same_topic_at) / 86400 as same_topic_days
		from selected_conversations($filter, $by)
		cross join log_end
	),
	closed as (
		select
			is_handed_off,
			is_human_only,
			resolution,
			shown_days >= 1 as is_shown_24h,
			shown_days >= 3 as is_shown_72h,
			shown_days >= 7 as is_shown_7d,
			coalesce(back_days > 1, true) as is_silent_24h,
			coalesce(back_days > 3, true) as is_silent_72h,
			coalesce(back_days > 7, true) as is_silent_7d,
			case when shown_days >= 0 then least(coalesce(same_topic_days, shown_days), shown_days, $window_days::double) end as days,
			shown_days >= 0 and same_topic_days <= least(shown_days, $window_days::double) as is_back
		from timed
	),
	-- Few rows, because most conversations are watched to the end of the window.
	kinds as (
		select
			is_handed_off,
			is_human_only,
			resolution,
			is_shown_24h,
			is_shown_72h,
			is_shown_7d,
			is_silent_24h,
			is_silent_72h,
			is_silent_7d,
			days,
			is_back,
			count(*) as conversations
		from closed
		group by
			is_handed_off, is_human_only, resolution, is_shown_24h, is_shown_72h, is_shown_7d,
			is_silent_24h, is_silent_72h, is_silent_7d, days, is_back
	),
	ends as (
		select count(resolution) > 0 as has_resolutions
		from conversation_facts
	),
	definitions as (
		select 'everyone' as definition
		union all
		select 'not_abandoned' as definition
		union all
		select 'confirmed' as definition
		union all
		select 'confirmed_or_assumed' as definition
		union all
		select 'silent_24h' as definition
		union all
		select 'silent_72h' as definition
		union all
		select 'silent_7d' as definition
		union all
		select 'silent_7d_not_abandoned' as definition
	),
	judged as (
		select
			definition,
			conversations,
			days,
			coalesce(is_back, false) as is_back,
			case
				when definition = 'silent_24h' then coalesce(is_shown_24h, false)
				when definition = 'silent_72h' then coalesce(is_shown_72h, false)
				when definition = 'silent_7d' then coalesce(is_shown_7d, false)
				when definition = 'silent_7d_not_abandoned' then has_resolutions and coalesce(is_shown_7d, false)
				else has_resolutions or definition = 'everyone'
			end as is_known,
			not is_handed_off and case
				when definition = 'not_abandoned' then resolution is distinct from 'abandoned'
				when definition = 'confirmed' then coalesce(resolution = 'confirmed', false)
				when definition = 'confirmed_or_assumed' then coalesce(resolution in ('confirmed', 'assumed'), false)
				when definition = 'silent_24h' then is_silent_24h
				when definition = 'silent_72h' then is_silent_72h
				when definition = 'silent_7d' then is_silent_7d
				when definition = 'silent_7d_not_abandoned' then is_silent_7d and resolution is distinct from 'abandoned'
				else true
			end as is_counted
		from kinds
		cross join definitions
		cross join ends
		where not is_human_only or definition = 'everyone'
	),
	shares as (
		select
			definition,
			sum(conversations)::int as possible,
			sum(case when is_known then conversations else 0 end)::int as n,
			sum(case when is_known and is_counted then conversations else 0 end)::int as hits,
			sum(case when is_known and is_counted and days is not null then conversations else 0 end)::int as followed,
			sum(case when is_known and is_counted and days >= $window_days::double then conversations else 0 end)::int as at_risk_at_window
		from judged
		group by definition
	),
	times as (
		select
			definition,
			days,
			sum(sum(conversations)) over (partition by definition order by days desc)::int as at_risk,
			sum(case when is_back then conversations else 0 end)::int as repeats
		from judged
		where is_known and is_counted and days is not null
		group by definition, days
	),
	lives as (
		select
			definition,
			list(days order by days) as days,
			list(at_risk order by days) as at_risk,
			list(repeats order by days) as repeats
		from times
		where repeats > 0
		group by definition
	)
select
	s.definition,
	s.possible,
	s.n,
	s.hits,
	s.followed,
	s.at_risk_at_window,
	l.days,
	l.at_risk,
	l.repeats
from shares as s
left join lives as l on l.definition = s.definition
order by s.definition
