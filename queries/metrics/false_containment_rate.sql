-- false_containment_rate: one row per group: the life table of AI-only conversations until the same customer comes back on the same topic, in days up to the window.
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
		from selected_conversations($filter, $by)
		cross join log_end
		where is_ai_only
	),
	sizes as (
		select
			key1,
			key2,
			count(*)::int as possible,
			count_when(is_followed) as n,
			count_when(is_followed and days >= $window_days::double) as at_risk_at_window
		from population
		group by key1, key2
	),
	-- Whatever lies beyond the window is only counted: one time will do for all of it.
	followed as (
		select key1, key2, is_repeated, least(days, $window_days::double + 1) as days
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
		where repeats > 0 and days <= $window_days::double
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
	and coalesce(steps.key2, '') = coalesce(sizes.key2, '')
