-- resolved_by: one row per group and span of the time to resolution, of handoffs whose end is known, and one without a span for those that were not resolved.
with
	spans as (
		select s.from_s::double as from_s, s.to_s::double as to_s
		from (
			values
				(0, 60), (60, 120), (120, 180), (180, 300), (300, 450), (450, 600), (600, 900),
				(900, 1200), (1200, 1800), (1800, 2700), (2700, 3600), (3600, 5400),
				(5400, 7200), (7200, 10800), (10800, 14400), (14400, 21600), (21600, 28800),
				(28800, 43200), (43200, 64800), (64800, 86400), (86400, 129600),
				(129600, 172800), (172800, 259200), (259200, 432000), (432000, 604800),
				(604800, 1209600), (1209600, null)
		) as s(from_s, to_s)
	),
	ends as (
		select
			key1,
			case when is_resolved then time_to_resolution_s end as resolved_s
		from selected_handoffs($filter, $by)
		cross join logged
		where has_ends and (is_resolved = false or (is_resolved and time_to_resolution_s is not null))
	)
select
	e.key1,
	s.from_s,
	s.to_s,
	count(*)::int as n
from ends as e
left join spans as s on e.resolved_s >= s.from_s and (e.resolved_s < s.to_s or s.to_s is null)
group by e.key1, s.from_s, s.to_s
order by e.key1 nulls last, s.from_s nulls last
