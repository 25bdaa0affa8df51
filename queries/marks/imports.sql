-- imports: one row per file that was imported and not taken back, with its day on the team's clock.
select file, local_time(imported_at, timezone)::date::varchar as local_day
from imports
cross join settings
where removed_at is null
order by imported_at, file
