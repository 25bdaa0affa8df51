-- outdated: one row per phrase model that stands and whose labels were made under other rules of masking.
select model
from phrase_models
where ended_at is null and mask is distinct from $mask::int
order by model
