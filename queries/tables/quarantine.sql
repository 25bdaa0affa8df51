-- quarantine: one row per line that could not be taken, with its first fault.
create table if not exists quarantine (
	import_id varchar not null,
	file varchar not null,
	line bigint not null,
	record varchar,
	field varchar,
	reason varchar not null,
	header varchar,
	raw varchar not null,
	record_key varchar
);
