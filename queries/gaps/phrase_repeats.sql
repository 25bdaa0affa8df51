-- phrase_repeats: one row per phrase group: the life table of its handoffs until the same customer comes back on the same topic, in days up to the window.
with
	placed as (
		select
			'p' || g.model || '-' || g.held_by as phrase,
			coalesce(h.customer_id is not null and h.topic is not null and h.ended_at <= e.ends_at, false) as is_followed,
			h.ended_at,
			h.next_same_topic_at as back_at,
			e.ends_at
		from selected_handoffs($filter, []::varchar[]) as h
		cross join log_end as e
		inner join phrase_members as p on p.handoff_id = h.handoff_id
		inner join phrase_models as m
			on m.model = p.model
			and m.ended_at is null
			and m.topic is not distinct from h.topic
			and m.language is not distinct from h.language
		inner join phrase_groups as g on g.model = p.model and g.n = p.n
	),
	timed as (
		select
			*,
			case when is_followed then seconds_between(ended_at, least(coalesce(back_at, ends_at), ends_at)) / 86400 end as watched_days
		from placed
	),
	closed as (
		select
			phrase,
			case when watched_days > $window_days::double then $window_days::double else watched_days end as days,
			watched_days <= $window_days::double and back_at <= ends_at as is_back
		from timed
	),
	counted as (
		select
			phrase,
			days,
			count(*)::int as contacts,
			sum(count(*)) over (partition by phrase, days is null order by days desc)::int as at_risk,
			count_when(is_back) as repeats
		from closed
		group by phrase, days
	),
	steps as (
		select
			phrase,
			list(days order by days) as days,
			list(at_risk order by days) as at_risk,
			list(repeats order by days) as repeats
		from counted
		where repeats > 0
		group by phrase
	),
	watched as (
		select
			phrase,
			sum(contacts)::int as possible,
			coalesce(sum(case when days is not null then contacts end), 0)::int as n,
			coalesce(sum(case when days >= $window_days::double then contacts end), 0)::int as at_risk_at_window
		from counted
		group by phrase
	)
select
	w.phrase,
	w.possible,
	w.n,
	w.at_risk_at_window,
	s.days,
	s.at_risk,
	s.repeats
from watched as w
left join steps as s on s.phrase = w.phrase
order by w.phrase
