-- imports: one row per file that was imported.
create table if not exists imports (
	import_id varchar not null,
	file varchar not null,
	sha256 varchar not null,
	bytes bigint not null,
	source varchar not null,
	lines bigint not null,
	inserted bigint not null,
	replaced bigint not null,
	unchanged bigint not null,
	superseded bigint not null,
	quarantined bigint not null,
	is_sample boolean not null,
	imported_by varchar not null,
	imported_at timestamp not null,
	duration_s double not null,
	removed_at timestamp
);
