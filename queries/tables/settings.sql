-- settings: the one row of what the derived facts were made with.
create table if not exists settings (
	fingerprint varchar not null,
	timezone varchar not null,
	gap_target_s double not null,
	gap_worst_s double not null,
	repeat_grace_s double not null,
	default_late_limit_s double not null,
	late_human_requests int not null,
	late_ai_attempts int not null,
	required_context varchar[] not null
);
