import { parse } from "csv-parse/sync";
import { problems } from "../problem.ts";

export interface CsvRow {
  /** As a spreadsheet counts: the header is line 1. */
  readonly line: number;
  /** By column name, lower case and trimmed; an empty cell is the empty string. */
  readonly cells: ReadonlyMap<string, string>;
}

export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
  /** `;` is what spreadsheets write where the comma is the decimal mark. */
  readonly delimiter: "," | ";" | "\t";
}

/**
 * Reads a CSV file (RFC 4180) as spreadsheets write it: UTF-8 with or without BOM, separated by comma, semicolon or tab
 * (told from the header), quoted cells with line breaks, rows that end early, blank lines passed over.
 *
 * @throws Problem VALIDATION_FAILED for a file that is empty, not UTF-8, malformed, longer than `rowsMax`, or that has
 * columns beside `known` or lacks one of `required`.
 */
export function readCsv(
  content: Uint8Array,
  options: { readonly known: readonly string[]; readonly required: readonly string[]; readonly rowsMax: number },
): CsvTable {
  const text = decode(content);
  const delimiter = delimiterOf(text);
  const [header, ...records] = parseRecords(text, delimiter);
  if (header === undefined) throw problems.VALIDATION_FAILED("The file is empty.");
  const columns = header.cells.map((name) => name.trim().toLowerCase());
  refuseColumns(columns, options);
  if (records.length > options.rowsMax) {
    throw problems.VALIDATION_FAILED(`The file has ${records.length} rows; at most ${options.rowsMax} are allowed.`);
  }
  const rows = records.map(({ cells, line }) => ({
    line,
    cells: new Map(columns.map((name, index) => [name, unguarded((cells[index] ?? "").trim())])),
  }));
  return { columns, rows, delimiter };
}

/** Takes off the apostrophe that `csvLines` put before what a spreadsheet would run. */
const unguarded = (cell: string): string => (/^'[=+\-@]/.test(cell) ? cell.slice(1) : cell);

/** A number as the file's locale writes it: where `;` separates, the comma is the decimal mark. */
export function csvDecimal(cell: string, delimiter: CsvTable["delimiter"]): string {
  if (delimiter !== ";" || !cell.includes(",")) return cell;
  return cell.replaceAll(".", "").replace(",", ".");
}

function decode(content: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch (error) {
    throw problems.VALIDATION_FAILED({ detail: "The file is not UTF-8 text; save it as “CSV UTF-8”.", cause: error });
  }
}

function delimiterOf(text: string): CsvTable["delimiter"] {
  const header = text.slice(0, Math.max(0, text.search(/[\r\n]|$/)));
  const counts = ([",", ";", "\t"] as const).map((mark) => ({ mark, count: header.split(mark).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

function parseRecords(text: string, delimiter: string): { readonly cells: string[]; readonly line: number }[] {
  const records: { readonly cells: string[]; readonly line: number }[] = [];
  try {
    parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      on_record: (cells: string[], { lines }) => {
        records.push({ cells, line: lines });
        return null;
      },
    });
    return records;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw problems.VALIDATION_FAILED({ detail: `The file is not well-formed CSV: ${reason}`, cause: error });
  }
}

function refuseColumns(
  columns: readonly string[],
  { known, required }: { readonly known: readonly string[]; readonly required: readonly string[] },
): void {
  const unknown = columns.filter((name) => !known.includes(name));
  const missing = required.filter((name) => !columns.includes(name));
  const repeated = columns.filter((name, index) => columns.indexOf(name) !== index);
  const errors = [
    ...unknown.map((name) => ({ path: name, message: `is not a column; those known are ${known.join(", ")}` })),
    ...missing.map((name) => ({ path: name, message: "is a column that must be there" })),
    ...repeated.map((name) => ({ path: name, message: "is a column that comes twice" })),
  ];
  if (errors.length > 0) throw problems.VALIDATION_FAILED({ detail: "The columns are not those expected.", errors });
}
