-- fixes: one row per version of a fix; it stands until an edit or a withdrawal ends it.
create table if not exists fixes (
	fix_id integer not null,
	what varchar not null,
	who varchar,
	done_on date not null,
	link varchar,
	topic varchar not null,
	phrase_group varchar,
	recorded_at timestamp not null,
	ended_at timestamp
);
