-- questions: one row per question of a topic and language that the job looks at now: those it has not seen, by chance, and the newest of those that no group took.
with
	asked as (
		select
			handoff_id,
			handed_off_at,
			left(question, 2000) as question,
			md5_number_lower(question) as question_md5
		from handoffs
		where
			question is not null
			and topic is not distinct from $topic::varchar
			and language is not distinct from $language::varchar
	),
	placed as (
		select
			a.handoff_id,
			a.question,
			a.question_md5,
			p.handoff_id is null as is_new,
			row_number() over (
				partition by p.handoff_id is null
				order by
					case when p.handoff_id is not null then a.handed_off_at end desc,
					a.question_md5,
					a.handoff_id
			) as place
		from asked as a
		left join phrase_members as p
			on p.handoff_id = a.handoff_id
			and p.question_md5 = a.question_md5
			and p.model = $model::int
		where p.handoff_id is null or p.n is null
	)
select
	handoff_id,
	question,
	question_md5::varchar as question_md5,
	is_new
from placed
where place <= case when is_new then $most_new::int else $most_left::int end
order by is_new desc, place
