-- resolution: one row per definition of resolved: handoffs of which it can be said, and how many it counts as resolved.
with
	ended as (
		select
			outcome,
			is_resolved,
			has_ends,
			c.resolution,
			case when h.customer_id is not null and h.topic is not null then seconds_between(h.ended_at, ends_at) / 86400 end as shown_days,
			seconds_between(h.ended_at, h.next_contact_at) / 86400 as back_days
		from selected_handoffs($filter, $by) as h
		cross join logged
		cross join log_end
		left join conversation_facts as c on c.conversation_id = h.conversation_id
	),
	definitions as (
		select 'reached' as definition, null::int as window_days
		union all
		select 'answered' as definition, null::int as window_days
		union all
		select 'confirmed' as definition, null::int as window_days
		union all
		select 'confirmed_or_assumed' as definition, null::int as window_days
		union all
		select 'silent_24h' as definition, 1 as window_days
		union all
		select 'silent_72h' as definition, 3 as window_days
		union all
		select 'silent_7d' as definition, 7 as window_days
		union all
		select 'silent_7d_not_abandoned' as definition, 7 as window_days
	),
	judged as (
		select
			definition,
			case
				when definition = 'reached' then has_ends and is_resolved is not null and outcome not in ('abandoned', 'not_connected')
				when definition = 'answered' then outcome is not null
				when definition = 'silent_7d_not_abandoned' then shown_days >= window_days and outcome is not null
				when window_days is not null then shown_days >= window_days
				else resolution is not null
			end as is_known,
			case
				when definition = 'reached' then is_resolved
				when definition = 'answered' then outcome in ('resolved', 'answered')
				when definition = 'confirmed' then resolution = 'confirmed'
				when definition = 'confirmed_or_assumed' then resolution in ('confirmed', 'assumed')
				when definition = 'silent_7d_not_abandoned' then coalesce(back_days > window_days, true) and outcome not in ('abandoned', 'not_connected')
				else coalesce(back_days > window_days, true)
			end as is_counted
		from ended
		cross join definitions
	)
select
	definition,
	count(*)::int as possible,
	count_when(is_known) as n,
	count_when(is_known and is_counted) as hits
from judged
group by definition
order by definition
