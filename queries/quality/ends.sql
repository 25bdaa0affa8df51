-- ends: one row per week, topic and tenth of a point of the score, with the good and bad ends of the handoffs that are scored.
with
	followed as (
		select
			s.*,
			case
				when s.customer_id is null or s.topic is null then null
				when plus_seconds(s.ended_at, $window_days::double * 86400) > log_end.ends_at then null
				else coalesce(
					s.next_same_topic_at <= plus_seconds(s.ended_at, $window_days::double * 86400),
					false
				)
			end as is_repeated
		from scored_handoffs($filter, $by, $weights) as s
		cross join log_end
		where s.score_coverage >= 0.5
	)
select
	local_week::varchar as week,
	topic,
	round(score, 1)::double as score,
	count_when(is_satisfied(csat)) as satisfied,
	count_when(not is_satisfied(csat)) as dissatisfied,
	count_when(not is_repeated) as stayed,
	count_when(is_repeated) as came_back
from followed
where csat is not null or is_repeated is not null
group by local_week, topic, round(score, 1)
order by week, topic, score
