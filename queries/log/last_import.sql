-- last_import: the newest import that still stands, one row or none.
select
	file,
	source,
	lines::int as lines,
	inserted::int as inserted,
	quarantined::int as quarantined,
	imported_by,
	strftime(imported_at, '%Y-%m-%dT%H:%M:%SZ') as imported_at
from imports
where removed_at is null
order by imports.imported_at desc, file desc
limit 1
