-- turns: one row per trigger of the first handoff and pattern of turns, over conversations that are labelled throughout and whose first handoff is chosen: at which turns they were handed over, and at which they should have been.
with
	judged as (
		select
			true as is_handed_over,
			s.route,
			s.trigger,
			l.handoff_turns,
			l.right_turns
		from selected_handoffs($filter, $by) as s
		join labelled_conversations as l on l.first_id = s.handoff_id
		union all
		select
			false as is_handed_over,
			null as route,
			null as trigger,
			[]::int[] as handoff_turns,
			case when c.right_turn > 0 then [c.right_turn] else [] end as right_turns
		from selected_conversations($filter, $by) as f
		join conversations as c on c.conversation_id = f.conversation_id
		where f.is_ai_only and c.right_turn is not null
	)
select
	is_handed_over,
	route,
	trigger,
	handoff_turns,
	right_turns,
	count(*)::int as conversations
from judged
group by is_handed_over, route, trigger, handoff_turns, right_turns
order by is_handed_over, route, trigger, handoff_turns, right_turns
