-- chains: one row per number of handoffs of a conversation (4 = four or more): conversations with a handoff chosen, and how the last of their handoffs ended.
with
	chosen as (
		select distinct conversation_id
		from selected_handoffs($filter, $by)
	),
	placed as (
		select
			f.conversation_id,
			f.is_resolved,
			count(*) over (partition by f.conversation_id) as handoffs,
			row_number() over (partition by f.conversation_id order by f.handed_off_at desc, f.handoff_id desc) as nth_last
		from handoff_facts as f
		join chosen as c on c.conversation_id = f.conversation_id
	)
select
	least(handoffs, 4)::int as handoffs,
	count(*)::int as conversations,
	count(case when logged.has_ends then is_resolved end)::int as known,
	count_when(logged.has_ends and is_resolved) as resolved
from placed
cross join logged
where nth_last = 1
group by least(handoffs, 4)
order by handoffs
