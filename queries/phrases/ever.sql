-- ever: one row per topic and language with how many questions with words the log holds of it, and whether they were ever grouped.
with
	counted as (
		select
			topic,
			language,
			count_when(has_words(question)) as questions
		from handoffs
		where question is not null
		group by topic, language
	)
select
	c.topic,
	c.language,
	c.questions,
	m.model is not null as is_grouped
from counted as c
left join phrase_models as m
	on m.topic is not distinct from c.topic
	and m.language is not distinct from c.language
	and m.ended_at is null
order by c.topic, c.language
