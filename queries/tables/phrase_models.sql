-- phrase_models: one row per topic and language whose questions were ever grouped; ended ones keep their number and lose their body; mask is the version of the rules of masking that its labels hold to.
create table if not exists phrase_models (
	model integer not null,
	topic varchar,
	language varchar,
	body varchar,
	updated_at timestamp not null,
	ended_at timestamp,
	mask integer
);
