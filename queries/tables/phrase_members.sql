-- phrase_members: one row per handoff whose question was looked at, with the group it was put into, null for none.
create table if not exists phrase_members (
	handoff_id varchar not null,
	model integer not null,
	n integer,
	similarity double,
	question_md5 ubigint not null
);
