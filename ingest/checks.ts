/** The SQL twins of the contract: the fault of a line and its typed values, set-wise. */
import { fieldsOf, rules, type RecordKind } from './contract.ts';
import { trimmedSql, type Reader } from './kinds.ts';
import { quoteName, quoteText } from './sql.ts';

const faultOf = (field: string, reason: string) =>
	`{'field': ${quoteText(field)}, 'reason': ${reason}}`;

/**
 * A SELECT from `lines` (every contract column as text, and what `kept` names) to typed columns
 * and `fault`, the first fault of the line as {field, reason} or null.
 * @param isCarried whether a field has a value in any line; the others are not looked at
 */
export function checkSql(
	record: RecordKind,
	reader: Reader,
	from: string,
	kept: string[],
	isCarried: (field: string) => boolean = () => true
): string {
	const fields = fieldsOf(record);
	const looked = fields.filter((field) => field.required || isCarried(field.name));
	const names = looked.map((field) => quoteName(field.name));
	const trimmed = names.map((name) => `${trimmedSql(name)} as ${name}`);
	const typed = fields.map((field) => {
		const name = quoteName(field.name);
		const value = looked.includes(field) ? field.kind.value(name, reader) : 'null';
		return `(${value})::${field.kind.column} as ${name}`;
	});
	const faultName = (field: { name: string }) => quoteName(`fault of ${field.name}`);
	const fieldFaults = looked.map((field) => {
		const name = quoteName(field.name);
		const empty = field.required ? "'is empty'" : 'null';
		return `case when ${name} is null then ${empty} else ${field.kind.fault(name, reader)} end as ${faultName(field)}`;
	});
	const firstFault = looked.map(
		(field) =>
			`when ${faultName(field)} is not null then ${faultOf(field.name, faultName(field))}`
	);
	const ruleFaults = rules
		.filter((rule) => rule.record === record)
		.map(
			(rule) => `when ${rule.brokenSql} then ${faultOf(rule.field, quoteText(rule.reason))}`
		);
	return `
		with trimmed as (select ${[...kept, ...trimmed].join(', ')} from ${from}),
		faults as (select *, ${fieldFaults.join(',\n')} from trimmed),
		first_faults as (
			select ${[...kept, ...names].join(', ')}, case when source_fault is not null then source_fault ${firstFault.join('\n')} end as field_fault
			from faults
		),
		typed as (select ${kept.join(', ')}, field_fault, ${typed.join(',\n')} from first_faults)
		select * exclude (field_fault), coalesce(field_fault, case ${ruleFaults.join('\n')} end) as fault
		from typed`;
}
