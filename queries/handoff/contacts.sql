-- contacts: one row per other contact of the customer of a handoff, the nearest on either side of it, in order.
with
	talks as materialized (
		select *
		from conversation_facts
		where customer_id = $customer_id::varchar
	),
	handed_off as materialized (
		select
			f.handoff_id,
			f.conversation_id,
			f.topic,
			f.channel,
			f.outcome,
			f.csat,
			f.handed_off_at,
			f.ended_at,
			coalesce(h.started_at, plus_seconds(h.handed_off_at, -h.wait_before_s), h.handed_off_at) as began_at
		from handoff_facts as f
		join handoffs as h on h.handoff_id = f.handoff_id
		where f.customer_id = $customer_id::varchar and h.customer_id = $customer_id::varchar
	),
	this as materialized (
		select
			h.handoff_id,
			h.conversation_id,
			h.topic,
			h.handed_off_at,
			h.ended_at,
			coalesce(t.started_at, h.began_at) as began_at
		from handed_off as h
		left join talks as t on t.conversation_id = h.conversation_id
		where h.handoff_id = $handoff_id::varchar
	),
	contacts as (
		select
			'handed_off' as path,
			h.handoff_id,
			h.conversation_id,
			-- What a return is counted by is the topic of the conversation, where the log has that.
			case when h.conversation_id = this.conversation_id or t.conversation_id is null then h.topic else t.topic end as topic,
			h.channel,
			h.outcome,
			h.csat,
			case when h.conversation_id = this.conversation_id then h.handed_off_at else coalesce(t.started_at, h.began_at) end as came_at,
			case when h.conversation_id = this.conversation_id then this.handed_off_at else this.began_at end as this_at,
			h.ended_at
		from handed_off as h
		cross join this
		left join talks as t on t.conversation_id = h.conversation_id
		where h.handoff_id <> this.handoff_id
		union all
		select
			case when t.is_ai_only then 'ai_only' when t.is_human_only then 'human_only' end as path,
			null as handoff_id,
			t.conversation_id,
			t.topic,
			t.channel,
			t.resolution as outcome,
			t.csat,
			t.started_at as came_at,
			this.began_at as this_at,
			t.ended_at
		from talks as t
		cross join this
		where not t.is_handed_off
	),
	placed as (
		select
			*,
			came_at > this_at or (came_at = this_at and coalesce(handoff_id, conversation_id) > $handoff_id::varchar) as is_after
		from contacts
	),
	ranked as (
		select
			*,
			row_number() over (
				partition by is_after
				order by
					case when is_after then came_at end,
					case when not is_after then came_at end desc,
					coalesce(handoff_id, conversation_id)
			) as place,
			count(*) over (partition by is_after)::int as on_side
		from placed
	)
select
	r.path,
	r.handoff_id,
	r.conversation_id,
	r.topic,
	r.channel,
	r.outcome,
	r.csat,
	strftime(local_time(r.came_at, s.timezone), '%Y-%m-%dT%H:%M') as at_local,
	r.is_after,
	r.conversation_id = this.conversation_id as is_same_conversation,
	r.topic = this.topic as is_same_topic,
	case
		when r.is_after then seconds_between(this.ended_at, r.came_at)
		else seconds_between(r.ended_at, this.began_at)
	end as gap_s,
	r.on_side
from ranked as r
cross join this
cross join settings as s
where r.place <= $most::int
order by r.is_after, r.came_at, coalesce(r.handoff_id, r.conversation_id)
