-- confident: one row per hundredth of the AI's confidence: handoffs made for low confidence that log it themselves.
select
	case when confidence < 1 then floor(round(confidence * 100, 6)) else 99 end::int as bin,
	count(*)::int as n
from selected_handoffs($filter, $by)
where trigger = 'low_confidence' and confidence is not null
group by bin
order by bin
