-- score_bins: one row per span of five points of the score, of handoffs of which half the weight is known and of the rest.
with
	placed as (
		select
			score_coverage >= 0.5 as is_counted,
			least(floor(round(score, 6) / 5), 19)::int as bin
		from scored_handoffs($filter, $by, $weights)
	)
select
	is_counted,
	bin,
	count(*)::int as n
from placed
group by is_counted, bin
order by is_counted, bin
