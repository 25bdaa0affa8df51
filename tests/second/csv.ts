/** Cells of a text with separated values by RFC 4180, records with nothing in them left out. */
export function parseCells(text: string, separator = ','): string[][] {
	const records: string[][] = [];
	let record: string[] = [];
	let cell = '';
	let isQuoted = false;
	const endCell = () => {
		record.push(cell);
		cell = '';
	};
	const endRecord = () => {
		endCell();
		if (record.length > 1 || record[0] !== '') records.push(record);
		record = [];
	};
	const body = text.startsWith('\ufeff') ? text.slice(1) : text;
	for (let at = 0; at < body.length; at++) {
		const char = body[at] ?? '';
		if (isQuoted) {
			if (char !== '"') cell += char;
			else if (body[at + 1] === '"') {
				cell += '"';
				at++;
			} else isQuoted = false;
		} else if (char === '"' && cell === '') isQuoted = true;
		else if (char === separator) endCell();
		else if (char === '\n') endRecord();
		else if (char !== '\r') cell += char;
	}
	if (cell !== '' || record.length > 0) endRecord();
	return records;
}

/** Lines as trimmed cells by column, empty ones as null; lines with another number of cells than the header are left out. */
export function parseLines(text: string, separator = ','): Record<string, string | null>[] {
	const [header = [], ...records] = parseCells(text, separator);
	return records
		.filter((record) => record.length === header.length)
		.map((record) =>
			Object.fromEntries(
				header.map((column, at) => [column.trim(), (record[at] ?? '').trim() || null])
			)
		);
}
