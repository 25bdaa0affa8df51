-- decisions: one row per hundredth of the AI's confidence and way taken: conversations it kept, handed over below its threshold, for another reason, or for none that is logged, with how many of them ended in a known way and were resolved.
with
	placed as (
		select
			s.conversation_id,
			s.trigger,
			s.confidence,
			s.is_resolved,
			row_number() over (partition by s.conversation_id order by s.handed_off_at, s.handoff_id) as nth,
			row_number() over (partition by s.conversation_id order by s.handed_off_at desc, s.handoff_id desc) as nth_last
		from selected_handoffs($filter, $by) as s
	),
	taken as (
		select
			case
				when first_one.trigger = 'low_confidence' then 'threshold'
				when first_one.trigger is null then 'unnamed'
				else 'other'
			end as way,
			coalesce(first_one.confidence, c.confidence) as confidence,
			last_one.is_resolved
		from placed as first_one
		join placed as last_one on last_one.conversation_id = first_one.conversation_id and last_one.nth_last = 1
		left join conversations as c on c.conversation_id = first_one.conversation_id
		where first_one.nth = 1
		union all
		select
			'kept' as way,
			c.confidence,
			case
				when c.resolution in ('confirmed', 'assumed') then true
				when c.resolution in ('unresolved', 'abandoned') then false
			end as is_resolved
		from selected_conversations($filter, $by) as f
		join conversations as c on c.conversation_id = f.conversation_id
		where f.is_ai_only
	)
select
	way,
	case when confidence < 1 then floor(round(confidence * 100, 6)) when confidence = 1 then 99 end::int as bin,
	count(*)::int as n,
	count(is_resolved)::int as known,
	count_when(is_resolved) as resolved
from taken
group by way, bin
order by way, bin
