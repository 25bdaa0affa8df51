-- identified: one row per whether the customer is known: how many handoffs of a filter, by how many customers, how many were answered and how long customers waited.
select
	customer_id is not null as is_identified,
	count(*)::int as handoffs,
	count(distinct customer_id)::int as customers,
	count_when(is_answered is not null) as known,
	count_when(is_answered) as answered,
	count(case when is_answered then wait_after_s end)::int as waits,
	quantile_of(case when is_answered then wait_after_s end, 0.5) as wait_p50_s,
	quantile_of(case when is_answered then wait_after_s end, 0.9) as wait_p90_s
from selected_handoffs($filter, $by)
group by customer_id is not null
order by is_identified desc
