-- waiting: one row per topic and language with questions that the job has still to look at, those with most first.
with
	asked as (
		select
			handoff_id,
			topic,
			language,
			md5_number_lower(question) as question_md5,
			has_words(question) as is_worded
		from handoffs
		where question is not null
	),
	looked_at as (
		select
			p.handoff_id,
			p.question_md5,
			m.topic,
			m.language
		from phrase_members as p
		inner join phrase_models as m on m.model = p.model
		where m.ended_at is null
	),
	counted as (
		select
			a.topic,
			a.language,
			count(*)::int as questions,
			count_when(a.is_worded) as worded,
			count_when(l.handoff_id is null) as waiting
		from asked as a
		left join looked_at as l
			on l.handoff_id = a.handoff_id
			and l.question_md5 = a.question_md5
			and l.topic is not distinct from a.topic
			and l.language is not distinct from a.language
		group by a.topic, a.language
	)
select
	c.topic,
	c.language,
	m.model,
	c.questions,
	c.waiting
from counted as c
left join phrase_models as m
	on m.topic is not distinct from c.topic
	and m.language is not distinct from c.language
	and m.ended_at is null
where c.waiting > 0 and (m.model is not null or c.worded >= $fewest::int)
order by c.waiting desc, c.topic, c.language
