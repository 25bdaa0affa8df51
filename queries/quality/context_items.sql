-- context_items: one row per item of context, topic and whether the item travelled, over handoffs that log their context.
with
	items as (
		select unnest($items::varchar[]) as item
	),
	travelled as (
		select
			s.topic,
			s.handle_s,
			s.reasked,
			h.context
		from selected_handoffs($filter, $by) as s
		join handoffs as h on h.handoff_id = s.handoff_id
		where h.context is not null
	)
select
	items.item,
	travelled.topic,
	list_contains(travelled.context, items.item) as is_there,
	count(*)::int as n,
	count(travelled.handle_s)::int as handle_n,
	avg(travelled.handle_s)::double as handle_mean,
	sd_of(travelled.handle_s) as handle_sd,
	count(travelled.reasked)::int as reask_n,
	count_when(travelled.reasked >= 1) as reask_hits
from travelled
cross join items
group by items.item, travelled.topic, is_there
order by items.item, travelled.topic, is_there
