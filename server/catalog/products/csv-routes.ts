import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Principal } from "../../foundation/auth/principal.ts";
import { isDryRunAsked, readCsvUpload } from "../../foundation/csv/csv-upload.ts";
import { byteOrderMark, type CsvDelimiter, csvLines } from "../../foundation/csv/write-csv.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import { limitBody } from "../../foundation/http/body-limit.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { idempotent } from "../../foundation/http/idempotency.ts";
import { bearer, jsonAnswer, problemResponses } from "../../foundation/http/openapi.ts";
import {
  decimalColumns,
  ImportNotApplied,
  type ImportReport,
  importProducts,
  productColumns,
} from "./import-products.ts";
import { productView } from "./product-view.ts";
import { listProducts, type ProductCursor } from "./queries.ts";

const csvBytesMax = 10 * 1024 * 1024;
const exportBatch = 200;

const importSchema = z
  .object({
    isDryRun: z.boolean(),
    isApplied: z.boolean().openapi({ description: "False: nothing at all was changed." }),
    created: z.int(),
    updated: z.int(),
    refused: z.int(),
    rows: z.array(
      z.object({
        line: z.int(),
        sku: z.string(),
        action: z.enum(["created", "updated", "refused"]),
        errors: z.array(z.object({ column: z.string(), message: z.string() })),
      }),
    ),
  })
  .openapi("ImportReport");

const importRoute = createRoute({
  method: "post",
  path: "/v1/products/import",
  tags: ["Products"],
  summary: "Create and change products from a CSV file",
  description:
    `By SKU, all rows or none. Columns: ${Object.keys(productColumns).join(", ")}. Send the file as \`text/csv\`, or as ` +
    "`multipart/form-data` in the field `file`. With `dryRun=true` the report tells what would happen.",
  security: bearer,
  middleware: [authorise("catalog:write")] as const,
  request: {
    query: z.object({ dryRun: z.enum(["true", "false"]).default("false") }),
    body: { required: true, content: { "text/csv": { schema: z.string() } } },
  },
  responses: {
    200: jsonAnswer(importSchema, "What was done, or would be, row by row."),
    422: jsonAnswer(importSchema, "Rows were refused, so nothing was changed."),
    ...problemResponses(400, 401, 403, 409, 413, 415, 429),
  },
});

const exportRoute = createRoute({
  method: "get",
  path: "/v1/products/export.csv",
  tags: ["Products"],
  summary: "All products as CSV",
  description: "With a byte order mark, as spreadsheets want it; `delimiter=semicolon` where the comma is decimal.",
  security: bearer,
  middleware: [authorise("catalog:read")] as const,
  request: { query: z.object({ delimiter: z.enum(["comma", "semicolon"]).default("comma") }) },
  responses: {
    200: { description: "The file.", content: { "text/csv": { schema: z.string() } } },
    ...problemResponses(400, 401, 403, 429),
  },
});

/** CSV both ways; what is exported can be imported again. */
export function registerProductCsvRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  app.openAPIRegistry.registerPath(importRoute);
  app.post("/v1/products/import", authorise("catalog:write"), limitBody(csvBytesMax), async (c) => {
    const isDryRun = isDryRunAsked(c);
    const content = await readCsvUpload(c);
    try {
      return await idempotent(c, foundation, { isDryRun, content: content.toString("base64") }, async (tx) => ({
        status: 200,
        body: await importProducts(tx, content, { isDryRun, principal: c.get("principal") }),
      }));
    } catch (error) {
      if (!(error instanceof ImportNotApplied)) throw error;
      return c.json(error.report satisfies ImportReport, error.report.refused > 0 && !isDryRun ? 422 : 200);
    }
  });

  app.openapi(exportRoute, (c) => {
    const delimiter = c.req.valid("query").delimiter === "semicolon" ? ";" : ",";
    return c.body(exportStream(foundation, c.get("principal"), delimiter), 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="products.csv"',
    });
  });
}

/** Page by page, as the reader takes them; each page is a transaction of its own, so no long one is held. */
function exportStream(foundation: Foundation, principal: Principal, delimiter: CsvDelimiter): ReadableStream {
  const { database, store } = foundation;
  const columns = Object.entries(productColumns);
  let after: ProductCursor | null = null;
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(byteOrderMark + csvLines([columns.map(([column]) => column)], delimiter)));
    },
    async pull(controller) {
      const rows = await database.readAs(principal, (tx) => listProducts(tx, {}, after, exportBatch));
      const lines = rows.map((row) => {
        const product = productView(row, store);
        return columns.map(([column, field]) => cellOf(column, product[field], delimiter));
      });
      if (lines.length > 0) controller.enqueue(encoder.encode(csvLines(lines, delimiter)));
      after = rows.at(-1)?.cursor ?? null;
      if (rows.length < exportBatch) controller.close();
    },
  });
}

function cellOf(column: string, value: string | boolean | null, delimiter: CsvDelimiter): string {
  if (value === null) return "";
  const text = String(value);
  return delimiter === ";" && decimalColumns.includes(column) ? text.replace(".", ",") : text;
}
