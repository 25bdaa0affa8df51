-- lateness: one row per route, trigger and turns between the nearest right turn and the handoff, late ones above 0: handoffs of conversations that are labelled throughout and had a right turn.
with
	told as (
		select
			s.route,
			s.trigger,
			turns_late(h.handoff_turn, l.right_turns)::int as turns
		from selected_handoffs($filter, $by) as s
		join handoffs as h on h.handoff_id = s.handoff_id
		join labelled_conversations as l on l.conversation_id = s.conversation_id
	)
select
	route,
	trigger,
	turns,
	count(*)::int as handoffs
from told
where turns is not null
group by route, trigger, turns
order by route, trigger, turns
