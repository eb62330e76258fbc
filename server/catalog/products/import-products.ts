import type { z } from "zod";
import type { Principal } from "../../foundation/auth/principal.ts";
import { type CsvRow, type CsvTable, csvDecimal, readCsv } from "../../foundation/csv/read-csv.ts";
import type { Executor } from "../../foundation/database/database.ts";
import { rethrowAsProblem } from "../errors.ts";
import { type NewProduct, newProductSchema, type ProductChange, productChangeSchema } from "../schemas.ts";
import { insertProducts, lockActiveProductsBySku, updateProducts } from "./queries.ts";

/** Columns of import and export, and the field of a product that each is. */
export const productColumns = {
  sku: "sku",
  name: "name",
  description: "description",
  category: "category",
  gtin: "gtin",
  unit: "unit",
  price: "price",
  cost: "cost",
  currency: "currency",
  minimum_purchase: "minimumPurchase",
  supplier_id: "supplierId",
  is_active: "isActive",
} as const satisfies Readonly<Record<string, keyof NewProduct>>;

const rowsMax = 20_000;

/** Where an empty cell means "none"; elsewhere it leaves what there is, or the default of a new product. */
const clearable: readonly string[] = ["category", "gtin", "cost"];
export const decimalColumns: readonly string[] = ["price", "cost", "minimum_purchase"];

export interface ImportedRow {
  readonly line: number;
  readonly sku: string;
  readonly action: "created" | "updated" | "refused";
  readonly errors: readonly { readonly column: string; readonly message: string }[];
}

export interface ImportReport {
  readonly isDryRun: boolean;
  /** False: nothing at all was changed. */
  readonly isApplied: boolean;
  readonly created: number;
  readonly updated: number;
  readonly refused: number;
  readonly rows: readonly ImportedRow[];
}

/** Thrown inside the transaction so that everything stays as it was; `report` says why. */
export class ImportNotApplied extends Error {
  readonly report: ImportReport;

  constructor(report: ImportReport) {
    super("the import was not applied");
    this.name = "ImportNotApplied";
    this.report = report;
  }
}

/**
 * Creates and changes products from a CSV file, by SKU: all rows or none. A column that is missing leaves its field as
 * it is. Every row is looked at, so that the report names all that is wrong.
 *
 * @throws Problem VALIDATION_FAILED for a file that is no such table
 * @throws ImportNotApplied for a dry run, or when any row was refused: let it roll the transaction back
 */
export async function importProducts(
  tx: Executor,
  content: Uint8Array,
  options: { readonly isDryRun: boolean; readonly principal: Principal | null },
): Promise<ImportReport> {
  const table = readCsv(content, { known: Object.keys(productColumns), required: ["sku"], rowsMax });
  const known = await lockActiveProductsBySku(
    tx,
    table.rows.map(({ cells }) => cells.get("sku") ?? ""),
  );
  const rows = readRows(table, known, options.principal);
  const inserted = await insertProducts(
    tx,
    rows.flatMap((row) => (row.create === null ? [] : [row.create])),
  ).catch(rethrowAsProblem);
  const updated = await updateProducts(
    tx,
    rows.flatMap((row) => (row.change === null ? [] : [row.change])),
  ).catch(rethrowAsProblem);
  const report = reportOf(rows, new Set([...inserted, ...updated]), options.isDryRun);
  if (!report.isApplied) throw new ImportNotApplied(report);
  return report;
}

interface ReadRow {
  readonly line: number;
  readonly sku: string;
  readonly create: NewProduct | null;
  readonly change: { readonly id: string; readonly sku: string; readonly change: ProductChange } | null;
  readonly errors: ImportedRow["errors"];
}

function readRows(table: CsvTable, known: ReadonlyMap<string, string>, principal: Principal | null): ReadRow[] {
  const firstLines = new Map<string, number>();
  return table.rows.map((row) => {
    const sku = row.cells.get("sku") ?? "";
    const earlier = firstLines.get(sku);
    if (earlier !== undefined) {
      return refused(row.line, sku, [{ column: "sku", message: `comes twice; first on line ${earlier}` }]);
    }
    firstLines.set(sku, row.line);
    return readRow(row, sku, table.delimiter, known.get(sku) ?? null, principal);
  });
}

function readRow(
  row: CsvRow,
  sku: string,
  delimiter: CsvTable["delimiter"],
  id: string | null,
  principal: Principal | null,
): ReadRow {
  const fields = fieldsOf(row, delimiter);
  const own = principal?.role === "supplier" ? principal.supplierId : null;
  if (own !== null && (fields.supplierId ?? own) !== own) {
    return refused(row.line, sku, [{ column: "supplier_id", message: "must be yourself, or empty" }]);
  }
  if (id === null) {
    const parsed = newProductSchema.safeParse({ supplierId: principal?.supplierId ?? null, ...fields });
    return parsed.success
      ? { line: row.line, sku, create: parsed.data, change: null, errors: [] }
      : refused(row.line, sku, errorsOf(parsed.error));
  }
  const parsed = productChangeSchema.safeParse(fields);
  return parsed.success
    ? { line: row.line, sku, create: null, change: { id, sku, change: parsed.data }, errors: [] }
    : refused(row.line, sku, errorsOf(parsed.error));
}

/** The cells that say something, as the API would be told it. */
function fieldsOf(row: CsvRow, delimiter: CsvTable["delimiter"]): Record<string, unknown> {
  const entries = Object.entries(productColumns).flatMap(([column, field]): [string, unknown][] => {
    const cell = row.cells.get(column);
    if (cell === undefined) return [];
    if (cell === "") return clearable.includes(column) ? [[field, null]] : column === "sku" ? [[field, ""]] : [];
    if (decimalColumns.includes(column)) return [[field, csvDecimal(cell, delimiter)]];
    if (column === "is_active") return [[field, truth[cell.toLowerCase()] ?? cell]];
    return [[field, cell]];
  });
  return Object.fromEntries(entries);
}

const truth: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  "1": true,
  sí: true,
  si: true,
  verdadero: true,
  false: false,
  no: false,
  "0": false,
  falso: false,
};

const refused = (line: number, sku: string, errors: ImportedRow["errors"]): ReadRow => ({
  line,
  sku,
  create: null,
  change: null,
  errors,
});

function errorsOf(error: z.ZodError): ImportedRow["errors"] {
  return error.issues.map((issue) => {
    const column = Object.entries(productColumns).find(([, field]) => field === issue.path[0])?.[0] ?? "sku";
    return { column, message: issue.message };
  });
}

function reportOf(rows: readonly ReadRow[], written: ReadonlySet<string>, isDryRun: boolean): ImportReport {
  const imported = rows.map((row): ImportedRow => {
    const { line, sku } = row;
    if (row.errors.length > 0) return { line, sku, action: "refused", errors: row.errors };
    if (written.has(sku)) return { line, sku, action: row.create === null ? "updated" : "created", errors: [] };
    return {
      line,
      sku,
      action: "refused",
      errors: [{ column: "sku", message: "is a product that you cannot change" }],
    };
  });
  const count = (action: ImportedRow["action"]) => imported.filter((row) => row.action === action).length;
  const refusedCount = count("refused");
  return {
    isDryRun,
    isApplied: !isDryRun && refusedCount === 0,
    created: count("created"),
    updated: count("updated"),
    refused: refusedCount,
    rows: imported,
  };
}
