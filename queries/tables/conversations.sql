-- conversations: one row per conversation; made from ingest/contract.ts by npm run docs.
create table if not exists conversations (
	"conversation_id" varchar not null,
	"customer_id" varchar,
	"channel" varchar,
	"language" varchar,
	"customer_tier" varchar,
	"ai_version" varchar,
	"topic" varchar,
	"started_at" timestamp not null,
	"ended_at" timestamp,
	"handled_by" varchar,
	"resolution" varchar,
	"confidence" double,
	"right_turn" integer,
	"csat" double,
	"csat_scale" double,
	import_id varchar not null
);
