-- chains: one row per number of handoffs of a conversation (4 = four or more): conversations whose first handoff is chosen, and how the last of their handoffs ended.
with
	placed as (
		select
			conversation_id,
			handoff_id,
			is_resolved,
			count(*) over (partition by conversation_id) as handoffs,
			row_number() over (partition by conversation_id order by handed_off_at, handoff_id) as nth,
			row_number() over (partition by conversation_id order by handed_off_at desc, handoff_id desc) as nth_last
		from handoff_facts
	),
	chosen as (
		select p.conversation_id
		from selected_handoffs($filter, $by) as s
		join placed as p on p.handoff_id = s.handoff_id
		where p.nth = 1
	)
select
	least(handoffs, 4)::int as handoffs,
	count(*)::int as conversations,
	count(case when logged.has_ends then is_resolved end)::int as known,
	count_when(logged.has_ends and is_resolved) as resolved
from placed as p
join chosen as c on c.conversation_id = p.conversation_id
cross join logged
where p.nth_last = 1
group by least(handoffs, 4)
order by handoffs
