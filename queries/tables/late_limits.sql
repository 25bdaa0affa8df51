-- late_limits: one row per channel with a limit of its own for the time with the AI.
create table if not exists late_limits (channel varchar not null, limit_s double not null);
