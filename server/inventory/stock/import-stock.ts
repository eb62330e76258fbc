import type { z } from "zod";
import { type CsvRow, type CsvTable, csvDecimal, readCsv } from "../../foundation/csv/read-csv.ts";
import type { Executor } from "../../foundation/database/database.ts";
import { type MovedLine, recordMovement } from "../movements/queries.ts";
import { date, quantity } from "../schemas.ts";
import { setStockLimits } from "./level-queries.ts";
import { findLocationsByCode, findProductsBySku } from "./queries.ts";

const rowsMax = 5_000;
/** As many lines as a movement may have. */
const linesMax = 500;

/** The columns of a stock file; `sku` and `location` must be there. */
export const stockColumns = ["sku", "location", "quantity", "lot", "expires_on", "reorder_point", "maximum"] as const;

export interface ImportedStockRow {
  readonly line: number;
  readonly sku: string;
  readonly location: string;
  readonly quantity: string | null;
  readonly errors: { readonly column: string; readonly message: string }[];
}

export interface StockImportReport {
  /** False: nothing at all was changed. */
  readonly isApplied: boolean;
  readonly accepted: number;
  readonly refused: number;
  readonly rows: ImportedStockRow[];
}

interface ReadRow {
  readonly report: ImportedStockRow;
  readonly moved: MovedLine | null;
  readonly limits: {
    readonly productId: string;
    readonly locationId: string;
    readonly reorderPoint: string | null;
    readonly maximum: string | null;
  } | null;
}

/** What a file would do, row by row; changes nothing. Throws VALIDATION_FAILED for a file that is no such table. */
export async function previewStock(tx: Executor, content: Uint8Array): Promise<StockImportReport> {
  return reportOf(await readRows(tx, content), false);
}

/**
 * Books a file: each row's quantity as an entry, its reorder point and maximum as they are written. All rows, or, when
 * any of them is refused, none.
 */
export async function importStock(tx: Executor, content: Uint8Array, key: string | null): Promise<StockImportReport> {
  const rows = await readRows(tx, content);
  if (rows.some(({ report }) => report.errors.length > 0)) return reportOf(rows, false);
  // In the order of the levels' keys over all parts, so that two files at once do not wait for each other.
  const lines = rows.flatMap(({ moved }) => (moved === null ? [] : [moved])).toSorted(byLevel);
  for (let from = 0; from < lines.length; from += linesMax) {
    await recordMovement(tx, "entry", lines.slice(from, from + linesMax), { reason: "import", reference: null, key });
  }
  for (const { limits } of rows.toSorted((a, b) => byLevel(a.limits, b.limits))) {
    if (limits !== null) await setStockLimits(tx, limits.productId, limits.locationId, limits);
  }
  return reportOf(rows, true);
}

type Keyed = { readonly productId: string; readonly locationId: string } | null;

const levelKey = (level: Keyed) => (level === null ? "" : `${level.productId} ${level.locationId}`);
const byLevel = (a: Keyed, b: Keyed) => (levelKey(a) < levelKey(b) ? -1 : 1);

async function readRows(tx: Executor, content: Uint8Array): Promise<readonly ReadRow[]> {
  const table = readCsv(content, { known: stockColumns, required: ["sku", "location"], rowsMax });
  const cells = (column: string) => table.rows.map((row) => row.cells.get(column) ?? "");
  const products = await findProductsBySku(tx, cells("sku"));
  const locations = await findLocationsByCode(tx, cells("location"));
  return table.rows.map((row) => readRow(row, table.delimiter, products, locations));
}

function readRow(
  row: CsvRow,
  delimiter: CsvTable["delimiter"],
  products: ReadonlyMap<string, string>,
  locations: ReadonlyMap<string, string>,
): ReadRow {
  const cell = (column: string) => row.cells.get(column) ?? "";
  const errors: { column: string; message: string }[] = [];
  const parsed = <Value>(column: string, schema: z.ZodType<Value>): Value | null => {
    const text = cell(column);
    if (text === "") return null;
    const result = schema.safeParse(column === "expires_on" ? text : csvDecimal(text, delimiter));
    if (result.success) return result.data;
    errors.push({ column, message: result.error.issues[0]?.message ?? "is not valid" });
    return null;
  };
  const productId = products.get(cell("sku"));
  if (productId === undefined) errors.push({ column: "sku", message: "is no product's" });
  const locationId = locations.get(cell("location"));
  if (locationId === undefined) errors.push({ column: "location", message: "is no location's code" });
  const amount = parsed("quantity", quantity);
  const expiresOn = parsed("expires_on", date);
  const reorderPoint = parsed("reorder_point", quantity);
  const maximum = parsed(
    "maximum",
    quantity.refine((value) => value !== "0", "must be more than 0"),
  );
  const lot = cell("lot").slice(0, 101) || null;
  if (lot !== null && lot.length > 100) errors.push({ column: "lot", message: "has at most 100 characters" });
  if (reorderPoint !== null && maximum !== null && Number(maximum) < Number(reorderPoint)) {
    errors.push({ column: "maximum", message: "must not be below the reorder point" });
  }
  const report = { line: row.line, sku: cell("sku"), location: cell("location"), quantity: amount, errors };
  if (errors.length > 0 || productId === undefined || locationId === undefined) {
    return { report, moved: null, limits: null };
  }
  const level = { productId, locationId };
  return {
    report,
    moved: amount === null || amount === "0" ? null : { ...level, quantity: amount, lot, expiresOn },
    limits: reorderPoint === null && maximum === null ? null : { ...level, reorderPoint, maximum },
  };
}

function reportOf(rows: readonly ReadRow[], isApplied: boolean): StockImportReport {
  const refused = rows.filter(({ report }) => report.errors.length > 0).length;
  return { isApplied, accepted: rows.length - refused, refused, rows: rows.map(({ report }) => report) };
}
