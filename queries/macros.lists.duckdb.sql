-- What the lists of handoffs and of conversations share: questions, cursors, and the cells of files.

-- A question about a flag answered: asked is 'yes', 'no', 'unknown', or null for no question.
create or replace macro is_as_asked(x, asked) as
	coalesce(asked = case when x then 'yes' when not x then 'no' else 'unknown' end, true);

-- Whether a number lies in a range, ends included. r null: no range; not r['is_known']: no number.
create or replace macro is_in_range(x, r) as
	case r['is_known']
		when true then x >= coalesce(r['low'], '-infinity'::double) and x <= coalesce(r['high'], 'infinity'::double)
		when false then x is null
		else true
	end;

-- What a search looks through and for: no capitals, no accents.
create or replace macro folded(t) as strip_accents(lower(t));

-- Whether one of the texts holds a word; each is looked at alone, for putting them together first takes
-- longer than finding the word. No word: everything.
create or replace macro is_said(word, question, summary, resolution) as
	word is null
	or contains(folded(question), folded(word))
	or contains(folded(summary), folded(word))
	or contains(folded(resolution), folded(word));

-- Whether a row of a list lies beyond a cursor, by the column that the list is sorted by and by ids;
-- what is not known comes last in both directions.
create or replace macro is_beyond(sort_key, id, cursor_key, cursor_id, cursor_is_absent, is_down, is_back) as
	cursor_id is null
	or case
		when sort_key is null = cursor_is_absent then
			case when is_down then sort_key < cursor_key else sort_key > cursor_key end
			or (
				sort_key is not distinct from cursor_key
				and case when is_back then id < cursor_id else id > cursor_id end
			)
		else (sort_key is null) <> is_back
	end;

-- A value as a cell of RFC 4180: absent is empty, whole numbers have no decimals.
create or replace macro csv_cell(x) as
	case
		when x is null then ''
		when typeof(x) = 'DOUBLE' then
			case
				when try_cast(x as double) between -1e15 and 1e15 and try_cast(x as double) % 1 = 0
					then try_cast(x as bigint)::varchar
				else x::varchar
			end
		when typeof(x) = 'VARCHAR' and (
			contains(x::varchar, ',') or contains(x::varchar, '"')
			or contains(x::varchar, chr(10)) or contains(x::varchar, chr(13))
		) then '"' || replace(x::varchar, '"', '""') || '"'
		else x::varchar
	end;

-- Whether a spreadsheet might run something of a line; more than those that src/lib/csv.ts defuses.
create or replace macro may_be_run(line) as
	regexp_matches(line, '(?:^|,)"?''*(?:[\s\pZ\x0b\x{feff}]*[-=+@－＝＋＠]|[\t\r\n])|[;\t\r\n][\s\pZ\x0b\x{feff}]*''*[-=+@－＝＋＠]');
