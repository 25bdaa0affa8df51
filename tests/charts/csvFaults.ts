import { csvParseRows } from 'd3-dsv';

/** A number that a spreadsheet of any language reads from a file with points. */
const number = /^-?\d+(\.\d+)?(e[-+]\d+)?$/;
const day = /^\d{4}-\d\d-\d\d$/;
/** A number as pages write it: "1 333", "77.8 %", "2 min 18 s", "−0.4 points", "–". */
const written = /^[-+−]?\d[\d.]*([\u202f\u00a0 ]\d{3})*( (%|s|min|h|d|points)( .*)?)?$|^–$|\u202f/;
const unit = / \((share|s|of 100|of 5|days|late)\)$/;

/** What keeps a figure's CSV from being calculated with; the rows tell where. */
export function csvFaults(csv: string): string[] {
	const [head = [], ...rows] = csvParseRows(csv.replace(/^\ufeff/, ''));
	const faults = head.filter((name, at) => name === '' || head.indexOf(name) !== at);
	for (const [at, cells] of rows.entries()) {
		if (cells.length !== head.length) faults.push(`row ${at} has ${cells.length} cells`);
	}
	for (const [at, name] of head.entries()) {
		if (name.endsWith(', in words')) continue;
		const cells = rows.map((row) => row[at] ?? '').filter((cell) => cell !== '');
		const isNumeric = unit.test(name) || cells.some((cell) => number.test(cell));
		const wrong = name.endsWith('(Monday)')
			? cells.find((cell) => !day.test(cell))
			: isNumeric && at > 0
				? cells.find((cell) => !number.test(cell))
				: cells.find((cell) => written.test(cell) && !number.test(cell));
		if (wrong !== undefined) faults.push(`${name}: ${wrong}`);
	}
	return faults;
}
