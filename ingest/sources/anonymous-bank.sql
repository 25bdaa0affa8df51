-- Call centre of a bank (Guedj and Mandelbaum, Technion): calls that left the voice unit for a person.
-- needs: vru+line, call_id, customer_id, priority, type, date, vru_entry, vru_time, q_time, outcome, ser_time, server
-- zone: Asia/Jerusalem
with
	calls as (
		select
			*,
			try_strptime('19' || date || ' ' || vru_entry, '%Y%m%d %-H:%M:%S') as entered_at,
			try_cast(vru_time as integer) as vru_s,
			trim(server) as agent
		from raw
	)
select
	line,
	-- The call number alone comes back: on another line, on another day.
	"vru+line" || '-' || call_id || '-' || date as conversation_id,
	nullif(trim(customer_id), '0') as customer_id,
	'voice' as channel,
	case trim(priority) when '2' then 'priority' else 'regular' end as customer_tier,
	nullif(agent, 'NO_SERVER') as agent_id,
	entered_at as started_at,
	-- Counted on from the entry: a call over midnight ends on the next day.
	entered_at + to_seconds(vru_s) as handed_off_at,
	vru_time as wait_before_s,
	q_time as wait_after_s,
	-- A call that nobody served has no handle time; a service of 0 s was one.
	case when trim(outcome) = 'AGENT' or try_cast(ser_time as integer) > 0 then ser_time end as handle_s,
	trim(type) as topic,
	case trim(outcome)
		when 'AGENT' then 'answered'
		when 'HANG' then 'abandoned'
		when 'PHANTOM' then 'not_connected'
		else outcome
	end as outcome,
	case
		when vru_s < 0 then 'vru_time'
		when entered_at is null then 'vru_entry'
	end as fault_field,
	case
		when vru_s < 0 then 'is negative: the clocks of the voice unit disagree (' || vru_time || ' s)'
		when entered_at is null then 'is not a time of the day of date: “' || date || ' ' || vru_entry || '”'
	end as fault
from calls
