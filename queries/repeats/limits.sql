-- limits: one row: how far the log can see who comes back, of the handoffs or conversations of a filter.
with
	followed as (
		select
			*,
			seconds_between(ended_at, ends_at) / 86400 as possible_days
		from followed_contacts($path::varchar, $filter, $by)
	),
	counted as (
		select
			count(*)::int as contacts,
			count_when(customer_id is null) as without_customer,
			count_when(topic is null) as without_topic,
			count_when(channel is null) as without_channel,
			count_when(ended_at > ends_at) as ended_after_log,
			count_when(is_followed) as followed,
			count_when(is_followed and possible_days >= $window_days::double) as watchable_for_window,
			count_when(is_followed and possible_days >= $horizon_days::double) as watchable_to_horizon,
			quantile_of(case when is_followed then possible_days end, 0.5) as median_possible_days
		from followed
	),
	selected as (
		select count(*)::int as handoffs
		from selected_handoffs($filter, $by)
	)
select
	handoffs,
	contacts,
	without_customer,
	without_topic,
	without_channel,
	ended_after_log,
	followed,
	watchable_for_window,
	watchable_to_horizon,
	median_possible_days,
	strftime(local_time(ends_at, timezone), '%Y-%m-%d') as last_contact_on
from counted
cross join selected
cross join log_end
cross join settings
