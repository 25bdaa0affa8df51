-- repeat_rate: one row per group: the life table of handoffs until the same customer comes back on the same topic, in days up to the window.
select
	key1,
	key2,
	possible,
	n,
	at_risk_at_window,
	days,
	at_risk,
	repeats
from life_table('handed_off', $filter, $by, $window_days::double)
