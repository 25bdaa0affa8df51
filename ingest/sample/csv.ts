/** CSV by RFC 4180, with a line feed at the end of a line. */

export const quoted = (value: string) =>
	/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

/** One line of cells, without its end. */
export const lineOf = (cells: readonly string[]) => cells.map(quoted).join(',');
