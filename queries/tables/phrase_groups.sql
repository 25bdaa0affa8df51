-- phrase_groups: one row per phrase group that was ever made or proposed; held_by is the group that holds its questions, itself unless it was merged.
create table if not exists phrase_groups (
	model integer not null,
	n integer not null,
	label varchar not null,
	name varchar,
	status varchar not null,
	merged_into integer,
	held_by integer not null,
	made_at timestamp not null
);
