/**
 * Stages one file: read, mapped by its source, checked against the contract. Staging has a
 * database of its own, so that a mapping never sees the store and reading locks nothing.
 */
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { countOf, filledColumns } from './ask.ts';
import { checkSql } from './checks.ts';
import { checkWhole } from './compression.ts';
import { fieldsOf, recordKinds, type RecordKind } from './contract.ts';
import { LogError, messageOf } from './errors.ts';
import type { LogFile } from './files.ts';
import { hashIdentitySql } from './identity.ts';
import { trimmedSql } from './kinds.ts';
import { readLog } from './read.ts';
import { namedSource, sourceFor, type Source } from './sources.ts';
import { quoteName, quotePath, quoteText } from './sql.ts';
import { loggedKey } from './tables.ts';
import { transcode } from './transcode.ts';

export type Staging = {
	connection: DuckDBConnection;
	/** Folder for the staged rows. */
	folder: string;
	/** Key for identities; null leaves them as they are. */
	key: Buffer | null;
	known: Source[];
	/** Source that the user named. */
	source?: string;
	/** Zone of times without offset that the user named. */
	zone?: string;
	/** Told how many lines of the file have come how far (0–1). */
	onStep?: (lines: number, share: number) => void;
};

export type StagedFile = {
	file: LogFile;
	source: Source;
	zone: string | null;
	/** Rows that reached the checks, plus unreadable lines. */
	lines: number;
	good: Record<RecordKind, number>;
	quarantined: number;
	/** Parquet files of good rows, by record. */
	rows: Record<RecordKind, string>;
	/** Parquet file of quarantined lines. */
	refused: string;
	/** What the user should know. */
	notes: string[];
};

const identities = ['customer_id', 'agent_id'];
const own = ['line', 'record', 'fault_field', 'fault'];

/**
 * @throws LogError when the file cannot be read or its mapping does not fit it
 */
export async function stageFile(
	staging: Staging,
	file: LogFile,
	number: number
): Promise<StagedFile> {
	const { connection } = staging;
	const named = staging.source === undefined ? null : await namedSource(staging.source);
	await checkWhole(file);
	const copy = path.join(staging.folder, `utf-8-${number}`);
	const log = await readLog(connection, await transcode(file, copy), [
		'record',
		...contractNames(),
		...(named?.needs.flat() ?? []),
		...(named?.mayHave ?? [])
	]);
	staging.onStep?.(0, 0.25);
	const isEmpty = log.columns.length === 0;
	const source =
		named ?? (isEmpty ? ownFormat(staging) : sourceFor(file.path, log.columns, staging.known));
	if (named && !isEmpty) checkNeeds(file, named, log.columns);
	const zone = staging.zone ?? source.zone;
	const notes = isEmpty
		? ['The file is empty.']
		: await mapRecords(connection, file, log.columns, source);
	if (isEmpty) await mapNothing(connection);

	const at = (name: string) => path.join(staging.folder, `${name}-${number}.parquet`);
	const staged: StagedFile = {
		file,
		source,
		zone,
		lines: 0,
		good: { handoff: 0, conversation: 0 },
		quarantined: 0,
		rows: { handoff: at('handoff'), conversation: at('conversation') },
		refused: at('refused'),
		notes
	};
	// Fields that have a value in no line are not looked at.
	const carried = new Set(await filledColumns(connection, 'mapped', [...contractNames()]));
	const mapped = await countOf(connection, 'mapped');
	staging.onStep?.(mapped, 0.4);
	for (const record of recordKinds) {
		const lines = `(from mapped where record = '${record}')`;
		const kept = ['line', 'source_fault'];
		await connection.run(
			`create or replace table checked_${record} as ${checkSql(record, { zone }, lines, kept, (field) => carried.has(field))}`
		);
		staged.good[record] = await countOf(connection, `checked_${record} where fault is null`);
		await connection.run(
			`copy (select ${goodColumns(record, staging.key)}, ${number}::int as file_number, line
				from checked_${record} where fault is null order by line)
			to ${quoteText(staged.rows[record])} (format parquet)`
		);
		staging.onStep?.(mapped, 0.9);
	}
	await writeRefused(connection, staged.refused, log.header);
	staged.quarantined = await countOf(connection, `read_parquet(${quotePath(staged.refused)})`);
	staged.lines = staged.good.handoff + staged.good.conversation + staged.quarantined;
	return staged;
}

const contractNames = () =>
	new Set(recordKinds.flatMap((record) => fieldsOf(record).map((field) => field.name)));

/** What an empty file counts as. */
function ownFormat({ known }: Staging): Source {
	const source = known.find(({ name }) => name === 'seam');
	if (!source) throw new LogError('ingest/sources/seam.sql is missing.');
	return source;
}

function checkNeeds(file: LogFile, source: Source, columns: string[]): void {
	const has = new Set(columns.map((name) => name.toLowerCase()));
	const lacking = source.needs.map((needs) =>
		needs.filter((name) => !has.has(name.toLowerCase()))
	);
	const [fewest] = lacking.sort((a, b) => a.length - b.length);
	if (fewest && fewest.length > 0)
		throw new LogError(
			`${file.path} lacks what ${source.name} needs: ${fewest.join(', ')}. Its columns: ${columns.join(', ')}.`
		);
}

/** Table `mapped`: every contract column as text, `record`, `line` and `source_fault`. */
async function mapRecords(
	connection: DuckDBConnection,
	file: LogFile,
	columns: string[],
	source: Source
): Promise<string[]> {
	const has = new Set(columns.map((name) => name.toLowerCase()));
	const missing = source.mayHave.filter((name) => !has.has(name.toLowerCase()));
	const shown = [
		'line',
		...columns.map(quoteName),
		...missing.map((m) => `null::varchar as ${quoteName(m)}`)
	];
	await connection.run(`create or replace view raw as select ${shown.join(', ')} from records`);
	const given = await describe(connection, file, source);
	const contract = contractNames();
	if (!given.has('line'))
		throw new LogError(
			`${source.name}.sql passes no line on: add line to its select, or min(line) as line where it groups.`
		);
	if (!/^(U?(BIG|SMALL|TINY|HUGE)?INT|U?INTEGER)/.test(given.get('line') ?? ''))
		throw new LogError(`${source.name}.sql changes line; pass it on as it is.`);
	if (!given.has('handed_off_at') && !given.has('started_at'))
		throw new LogError(
			`${source.name}.sql gives neither handed_off_at (handoffs) nor started_at (conversations).`
		);
	const text = (name: string) => {
		const type = given.get(name);
		if (type === undefined) return 'null::varchar';
		return /\[\]$|^STRUCT|^MAP/.test(type)
			? `to_json(${quoteName(name)})::varchar`
			: `${quoteName(name)}::varchar`;
	};
	const guessed = given.has('handed_off_at')
		? `case when ${trimmedSql(text('handled_by'))} is not null and ${trimmedSql(text('handed_off_at'))} is null then 'conversation' else 'handoff' end`
		: `'conversation'`;
	const fault = `case
		when ${text('fault')} is not null then {'field': ${text('fault_field')}, 'reason': ${text('fault')}}
		when lower(${trimmedSql(text('record'))}) not in ('handoff', 'conversation')
			then {'field': 'record', 'reason': 'is neither handoff nor conversation: “' || ${text('record')} || '”'} end`;
	const record = `case when lower(${trimmedSql(text('record'))}) in ('handoff', 'conversation') then lower(${trimmedSql(text('record'))}) else ${guessed} end`;
	const mapped = connection.run(
		`create or replace table mapped as
		select line, ${record} as record, ${fault} as source_fault, ${[...contract].map((name) => `${text(name)} as ${quoteName(name)}`).join(', ')}
		from (${source.sql}) as source`
	);
	await mapped.catch((error: unknown) => {
		throw misfit(file, source, error);
	});
	const ignored = [...given.keys()].filter((name) => !contract.has(name) && !own.includes(name));
	const notes =
		ignored.length > 0
			? [`Columns that are not in the format were left out: ${ignored.join(', ')}.`]
			: [];
	const left = (await countOf(connection, 'records')) - (await countOf(connection, 'mapped'));
	if (left > 0) notes.push(`${source.name}.sql made ${left} fewer rows than there are lines.`);
	return notes;
}

async function mapNothing(connection: DuckDBConnection): Promise<void> {
	const columns = [...contractNames()].map((name) => `${quoteName(name)} varchar`);
	await connection.run(
		`create or replace table mapped (line bigint, record varchar, source_fault struct(field varchar, reason varchar), ${columns.join(', ')})`
	);
}

/** The columns that a mapping gives, in small letters, with their types. */
async function describe(
	connection: DuckDBConnection,
	file: LogFile,
	source: Source
): Promise<Map<string, string>> {
	try {
		const result = await connection.runAndReadAll(`describe ${source.sql}`);
		return new Map(
			result.getRows().map(([name, type]) => [String(name).toLowerCase(), String(type)])
		);
	} catch (error) {
		throw misfit(file, source, error);
	}
}

const misfit = ({ path }: LogFile, { name }: Source, error: unknown) =>
	new LogError(`${name}.sql does not fit ${path}: ${messageOf(error).split('\n')[0]}`);

/** The stored columns of a record: identities hashed, ratings on 1–5. */
function goodColumns(record: RecordKind, key: Buffer | null): string {
	return fieldsOf(record)
		.map(({ name }) => {
			const column = quoteName(name);
			if (identities.includes(name) && key !== null)
				return `${hashIdentitySql(key, column)} as ${column}`;
			if (name === 'csat')
				return `1 + 4 * (csat - 1) / (coalesce(csat_scale, 5) - 1) as csat`;
			return column;
		})
		.join(', ');
}

async function writeRefused(
	connection: DuckDBConnection,
	target: string,
	header: string | null
): Promise<void> {
	const faulty = recordKinds
		.map(
			(record) =>
				`select line, '${record}' as record, fault, ${loggedKey(record, `checked_${record}`)} as record_key from checked_${record} where fault is not null`
		)
		.join(' union all ');
	await connection.run(
		`copy (
			select f.line, f.record, f.fault.field as field, f.fault.reason as reason, ${header === null ? 'null::varchar' : quoteText(header)} as header, coalesce(r.raw, '') as raw, f.record_key
			from (${faulty}) as f left join records as r on r.line = f.line
			union all
			select line, null, null, reason, ${header === null ? 'null::varchar' : quoteText(header)}, raw, null from unreadable
			order by line
		) to ${quoteText(target)} (format parquet)`
	);
}
