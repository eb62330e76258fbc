/** What a spreadsheet of the person's region takes: `;` where the comma is decimal. */
export type CsvDelimiter = "," | ";";

/** RFC 4180, with a byte order mark, without which spreadsheets take UTF-8 for something else. */
export function csvText(rows: readonly (readonly (string | boolean | null)[])[], delimiter: CsvDelimiter): string {
  return `\uFEFF${rows.map((cells) => `${cells.map((cell) => written(cell, delimiter)).join(delimiter)}\r\n`).join("")}`;
}

/** A text that a spreadsheet would take for a formula is kept from being one; a plain number is none. */
function written(value: string | boolean | null, delimiter: CsvDelimiter): string {
  const text = String(value ?? "");
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^-\d+([.,]\d+)?$/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return safe.includes(delimiter) || /["\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
