/** The SQL twins of the contract: the fault of a line and its typed values, set-wise. */
import { fieldsOf, rules, type RecordKind } from './contract.ts';
import { trimmedSql, type Reader } from './kinds.ts';
import { quoteName, quoteText } from './sql.ts';

const faultOf = (field: string, reason: string) =>
	`{'field': ${quoteText(field)}, 'reason': ${reason}}`;

/**
 * A SELECT from `lines` (every contract column as text, and what `kept` names) to typed columns
 * and `fault`, the first fault of the line as {field, reason} or null.
 */
export function checkSql(record: RecordKind, reader: Reader, from: string, kept: string[]): string {
	const fields = fieldsOf(record);
	const names = fields.map((field) => quoteName(field.name));
	const trimmed = fields.map(
		(field) => `${trimmedSql(quoteName(field.name))} as ${quoteName(field.name)}`
	);
	const typed = fields.map(
		(field) => `${field.kind.value(quoteName(field.name), reader)} as ${quoteName(field.name)}`
	);
	const fieldFaults = fields.map((field) => {
		const name = quoteName(field.name);
		const empty = field.required ? "'is empty'" : 'null';
		return `case when ${name} is null then ${empty} else ${field.kind.fault(name, reader)} end as ${quoteName(`fault of ${field.name}`)}`;
	});
	const firstFault = fields.map(
		(field) =>
			`when ${quoteName(`fault of ${field.name}`)} is not null then ${faultOf(field.name, quoteName(`fault of ${field.name}`))}`
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
