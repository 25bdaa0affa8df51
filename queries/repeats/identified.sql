-- identified: one row per whether the customer is known: how many handoffs of a filter, by how many customers, how many were answered and how long customers waited.
with
	picked as (
		select
			customer_id,
			is_answered,
			case when is_answered then wait_after_s end as wait_s
		from selected_handoffs($filter, $by)
	),
	middle as (
		select quantile_of(wait_s, 0.5) as median_s
		from picked
	)
select
	customer_id is not null as is_identified,
	count(*)::int as handoffs,
	count(distinct customer_id)::int as customers,
	count_when(is_answered is not null) as known,
	count_when(is_answered) as answered,
	count(wait_s)::int as waits,
	count_when(wait_s > median_s) as long_waits,
	quantile_of(wait_s, 0.5) as wait_p50_s,
	quantile_of(wait_s, 0.9) as wait_p90_s
from picked
cross join middle
group by customer_id is not null
order by is_identified desc
