-- repeats: one row per window in days, reach of topic and reach of channel: handoffs whose whole window the log shows, and how many were followed by such a contact in it.
with
	windows as (
		select 1 as window_days
		union all
		select 3 as window_days
		union all
		select 7 as window_days
	),
	followed as (
		select
			channel,
			seconds_between(ended_at, ends_at) / 86400 as shown_days,
			seconds_between(ended_at, next_same_topic_at) / 86400 as same_topic_days,
			seconds_between(ended_at, next_contact_at) / 86400 as any_topic_days,
			seconds_between(ended_at, next_same_topic_channel_at) / 86400 as same_both_days,
			seconds_between(ended_at, next_channel_at) / 86400 as same_channel_days
		from followed_contacts('handed_off', $filter, $by)
		where is_followed
	),
	counted as (
		select
			window_days,
			count_when(shown_days >= window_days) as n,
			count_when(shown_days >= window_days and same_topic_days <= window_days) as same_topic,
			count_when(shown_days >= window_days and any_topic_days <= window_days) as any_topic,
			count_when(shown_days >= window_days and channel is not null) as n_on_channel,
			count_when(shown_days >= window_days and channel is not null and same_both_days <= window_days) as same_both,
			count_when(shown_days >= window_days and channel is not null and same_channel_days <= window_days) as same_channel
		from windows
		cross join followed
		group by window_days
	),
	whole as (
		select count(*)::int as possible
		from selected_handoffs($filter, $by)
	)
select window_days, 'same' as topic_is, 'any' as channel_is, possible, n, same_topic as hits
from counted
cross join whole
union all
select window_days, 'any' as topic_is, 'any' as channel_is, possible, n, any_topic as hits
from counted
cross join whole
union all
select window_days, 'same' as topic_is, 'same' as channel_is, possible, n_on_channel as n, same_both as hits
from counted
cross join whole
union all
select window_days, 'any' as topic_is, 'same' as channel_is, possible, n_on_channel as n, same_channel as hits
from counted
cross join whole
order by topic_is desc, channel_is, window_days
