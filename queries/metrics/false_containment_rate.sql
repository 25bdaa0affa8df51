-- false_containment_rate: one row per group: the life table of AI-only conversations until the same customer comes back on the same topic, in days up to the window.
select
	key1,
	key2,
	possible,
	n,
	at_risk_at_window,
	days,
	at_risk,
	repeats
from life_table('ai_only', $filter, $by, $window_days::double)
