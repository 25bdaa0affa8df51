-- reviews: one row per verdict on a handoff; it holds until a later one or a withdrawal ends it.
create table if not exists reviews (
	handoff_id varchar not null,
	necessary boolean,
	lacked varchar,
	note varchar,
	reviewer varchar,
	reviewed_at timestamp not null,
	ended_at timestamp
);
