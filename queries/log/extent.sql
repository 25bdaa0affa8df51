-- extent: one row about everything the store holds.
with
	handoff_extent as (
		select
			count(*)::int as handoffs,
			min(handed_off_local) as first_at,
			max(handed_off_local) as last_at,
			max(handed_off_at) as last_handoff_at
		from handoff_facts
	),
	conversation_extent as (
		select count(*)::int as conversations, max(started_at) as last_start_at
		from conversation_facts
	),
	import_extent as (
		select
			count(*)::int as imports,
			count_when(is_sample) as sample_imports,
			count_when(not is_sample and lines > quarantined) as real_imports,
			max(imported_at) as last_import_at
		from imports
		where removed_at is null
	),
	refused as (
		select count(*)::int as quarantined
		from quarantine
	)
select
	handoffs,
	conversations,
	strftime(first_at, '%Y-%m-%dT%H:%M') as first_handoff,
	strftime(last_at, '%Y-%m-%dT%H:%M') as last_handoff,
	strftime(local_time(greatest(last_handoff_at, last_start_at), timezone), '%Y-%m-%dT%H:%M') as last_contact,
	imports,
	sample_imports,
	real_imports,
	strftime(last_import_at, '%Y-%m-%dT%H:%M:%SZ') as last_import,
	quarantined,
	timezone
from handoff_extent
cross join conversation_extent
cross join import_extent
cross join refused
cross join settings
