/** A text as an SQL literal. */
export const quoteText = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** A name as an SQL identifier. */
export const quoteName = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** The path of one file as an SQL literal: DuckDB takes paths for patterns. */
export const quotePath = (file: string) => quoteText(file.replace(/[*?[{]/g, '[$&]'));
