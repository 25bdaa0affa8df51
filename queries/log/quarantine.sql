-- quarantine: one row per refused line, in the order of the files.
select
	q.import_id,
	q.file,
	q.line::int as line,
	q.record,
	q.field,
	q.reason,
	q.header,
	q.raw
from quarantine as q
join imports as i on i.import_id = q.import_id
where i.removed_at is null
order by i.imported_at, q.file, q.line
