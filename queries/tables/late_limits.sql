-- late_limits: one row per channel whose customers wait for less time than the default.
create table if not exists late_limits (channel varchar not null, limit_s double not null);
