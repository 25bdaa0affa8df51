-- What the queries share and engines spell differently, defined once per engine.

-- Rows in which a condition is known to hold.
create or replace macro count_when(condition) as count(case when condition then 1 end)::int;

-- Quantile with linear interpolation (type 7).
create or replace macro quantile_of(x, p) as quantile_cont(x, p)::double;

create or replace macro sd_of(x) as stddev_samp(x)::double;

-- Seconds from one time to a later one.
create or replace macro seconds_between(a, b) as (epoch_us(b) - epoch_us(a)) / 1e6;

create or replace macro plus_seconds(t, s) as t + to_microseconds((s * 1e6)::bigint);

-- Monday of the ISO week.
create or replace macro week_of(d) as date_trunc('week', d)::date;

create or replace macro month_of(d) as date_trunc('month', d)::date;

-- A UTC time on the clock of a zone. Slow: only at ingest.
create or replace macro local_time(t, zone) as timezone(zone, timezone('UTC', t));

-- Whether a value is among those asked for; '' stands for no value, null for no filter.
create or replace macro is_among(x, chosen) as chosen is null or list_contains(chosen, coalesce(x, ''));

-- The top two answers on the 1–5 scale that every rating is stored on.
create or replace macro is_satisfied(csat) as csat >= 4;

-- Whether a text has a letter or a digit within what is looked at of it: an emoji alone is no words.
create or replace macro has_words(txt) as regexp_matches(left(txt, 2000), '[\pL\pN]');
