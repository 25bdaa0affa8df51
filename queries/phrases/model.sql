-- model: one row per phrase model of a number that still stands, with its vocabulary and its centres.
select
	model,
	topic,
	language,
	body,
	strftime(updated_at, '%Y-%m-%dT%H:%M:%S.%fZ') as updated_at
from phrase_models
where model = $model::int and ended_at is null
