-- conversation_facets: one row per dimension and value of a period: conversations that have it under the filters of the other dimensions, 0 too.
with
	marked as not materialized (
		select
			topic,
			channel,
			language,
			customer_tier,
			ai_version,
			-- the filters that a conversation does not meet, each a power of two
			case when is_among(topic, $filter['topic']) then 0 else 1 end
				+ case when is_among(channel, $filter['channel']) then 0 else 2 end
				+ case when is_among(language, $filter['language']) then 0 else 4 end
				+ case when is_among(customer_tier, $filter['customer_tier']) then 0 else 8 end
				+ case when is_among(ai_version, $filter['ai_version']) then 0 else 16 end as failed
		from selected_conversations($period, []::varchar[])
	)
select 'topic' as dimension, coalesce(topic, '') as value, count_when(failed in (0, 1))::int as n
from marked
group by topic
union all
select 'channel' as dimension, coalesce(channel, '') as value, count_when(failed in (0, 2))::int as n
from marked
group by channel
union all
select 'language' as dimension, coalesce(language, '') as value, count_when(failed in (0, 4))::int as n
from marked
group by language
union all
select 'customer_tier' as dimension, coalesce(customer_tier, '') as value, count_when(failed in (0, 8))::int as n
from marked
group by customer_tier
union all
select 'ai_version' as dimension, coalesce(ai_version, '') as value, count_when(failed in (0, 16))::int as n
from marked
group by ai_version
