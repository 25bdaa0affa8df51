/** What the contract says of itself: JSON Schema, tables for the docs, the SQL of its tables. */
import { z } from 'zod';
import { fieldsOf, records, type Field, type RecordKind } from './contract.ts';
import { createTableSql, tableOf } from './tables.ts';

const titles: Record<RecordKind, { title: string; description: string }> = {
	handoff: {
		title: 'Handoff',
		description: 'One moment the AI stopped and a person was to take over.'
	},
	conversation: {
		title: 'Conversation',
		description: 'Any contact, handed over or not: the baseline that handoffs are seen against.'
	}
};

/** Something other than the white space that is trimmed. */
const notBlank = '[^ \\t\\r\\n]';

/**
 * JSON Schema (draft 2020-12) of a record as a log carries it. A text in place of a number or of
 * true and false is what a CSV cell is; the range of such a text is checked on import.
 */
export function jsonSchemaOf(record: RecordKind): Record<string, unknown> {
	const fields = new Map(fieldsOf(record).map((field) => [field.name, field]));
	const { $schema, ...schema } = z.toJSONSchema(records[record], {
		target: 'draft-2020-12',
		io: 'input',
		unrepresentable: 'any',
		override({ path, jsonSchema }) {
			const [section, name, ...deeper] = path;
			if (section !== 'properties' || deeper.length > 0) return;
			const field = fields.get(String(name));
			if (field) Object.assign(jsonSchema, propertyOf(field));
		}
	});
	return {
		$schema,
		...titles[record],
		...schema,
		required: [...fields.values()].filter((field) => field.required).map(({ name }) => name)
	};
}

function propertyOf({ kind, description, unit, required }: Field): Record<string, unknown> {
	const said = unit === undefined ? description : `${description} Unit: ${unit}.`;
	if (!required) return { description: said, ...kind.json };
	const types = [kind.json.type].flat().filter((type) => type !== 'null');
	return {
		description: said,
		...kind.json,
		type: types.length === 1 ? types[0] : types,
		pattern: notBlank
	};
}

const cell = (text: string) => text.replaceAll('|', '\\|');

/** The fields of a record as a table in Markdown: name, type, unit, whether required, notes. */
export function fieldTable(record: RecordKind): string {
	const rows = fieldsOf(record).map(({ name, kind, unit, required, description }) =>
		[`\`${name}\``, kind.name, unit ?? '', required ? 'yes' : '', description].map(cell)
	);
	return [
		['field', 'type', 'unit', 'required', 'what it is'],
		['---', '---', '---', '---', '---'],
		...rows
	]
		.map((row) => `| ${row.join(' | ')} |\n`)
		.join('');
}

/** The table of a record as it stands beside those of queries/tables. */
export function tableFile(record: RecordKind): string {
	return `-- ${tableOf[record]}: one row per ${record}; made from ingest/contract.ts by npm run docs.\n${createTableSql(record)}`;
}
