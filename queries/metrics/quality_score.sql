-- quality_score: one row per group: mean score of handoffs of which at least half the weight is known.
select
	key1,
	key2,
	count(*)::int as possible,
	count_when(score_coverage >= 0.5) as n,
	avg(case when score_coverage >= 0.5 then score end)::double as mean,
	sd_of(case when score_coverage >= 0.5 then score end) as sd
from scored_handoffs($filter, $by, $weights)
group by key1, key2
