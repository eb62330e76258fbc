import { stringify } from "csv-stringify/sync";

export type CsvDelimiter = "," | ";";

/** What spreadsheets need to take a file for UTF-8. */
export const byteOrderMark = "\uFEFF";

/**
 * Rows as CSV text (RFC 4180, CRLF). A cell that a spreadsheet would run as a formula is made text by a leading
 * apostrophe (OWASP, *CSV Injection*).
 */
export function csvLines(rows: readonly (readonly (string | null)[])[], delimiter: CsvDelimiter): string {
  return stringify(
    rows.map((row) => row.map((cell) => inert(cell ?? ""))),
    // Without the match, a lone line feed would not be quoted, since records end in CRLF.
    { delimiter, record_delimiter: "windows", quoted_match: /[\r\n]/ },
  );
}

const inert = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);
