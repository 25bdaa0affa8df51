-- turns: one row per trigger of the first handoff and pattern of turns, over conversations that are labelled throughout: at which turns they were handed over, and at which they should have been.
with
	handed as (
		select
			s.conversation_id,
			s.route,
			s.trigger,
			h.handoff_turn,
			h.right_turn,
			row_number() over (partition by s.conversation_id order by s.handed_off_at, s.handoff_id) as nth
		from selected_handoffs($filter, $by) as s
		join handoffs as h on h.handoff_id = s.handoff_id
	),
	handed_over as (
		select
			conversation_id,
			max(case when nth = 1 then route end) as route,
			max(case when nth = 1 then trigger end) as trigger,
			list(handoff_turn order by handoff_turn) as handoff_turns,
			list(distinct right_turn) as right_turns,
			count(*) = count(handoff_turn) as is_timed,
			count(*) = count(right_turn) as is_labelled
		from handed
		group by conversation_id
	),
	judged as (
		select
			true as is_handed_over,
			h.route,
			h.trigger,
			h.handoff_turns,
			case when c.right_turn is null then h.right_turns else list_append(h.right_turns, c.right_turn) end as right_turns
		from handed_over as h
		left join conversations as c on c.conversation_id = h.conversation_id
		where h.is_timed and (h.is_labelled or c.right_turn is not null)
		union all
		select
			false as is_handed_over,
			null as route,
			null as trigger,
			[]::int[] as handoff_turns,
			[c.right_turn] as right_turns
		from selected_conversations($filter, $by) as f
		join conversations as c on c.conversation_id = f.conversation_id
		where f.is_ai_only and c.right_turn is not null
	),
	-- 0 says that no turn was right.
	sorted as (
		select
			is_handed_over,
			route,
			trigger,
			handoff_turns,
			list_sort(list_distinct(list_filter(right_turns, lambda turn: turn > 0))) as right_turns
		from judged
	)
select
	is_handed_over,
	route,
	trigger,
	handoff_turns,
	right_turns,
	count(*)::int as conversations
from sorted
group by is_handed_over, route, trigger, handoff_turns, right_turns
order by is_handed_over, route, trigger, handoff_turns, right_turns
