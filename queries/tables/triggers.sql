-- triggers: one row per spelling of a trigger, with the name it goes by and its route.
create table if not exists triggers (spelling varchar not null, trigger varchar not null, route varchar);
