import { createHash } from "node:crypto";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { isDryRunAsked, readCsvUpload } from "../../foundation/csv/csv-upload.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import { limitBody } from "../../foundation/http/body-limit.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { bearer, jsonAnswer, problemResponses } from "../../foundation/http/openapi.ts";
import { answerOnce, requireKey } from "../answer-once.ts";
import { importStock, previewStock, type StockImportReport, stockColumns } from "./import-stock.ts";

const csvBytesMax = 5 * 1024 * 1024;

const reportSchema = z
  .object({
    isApplied: z.boolean().openapi({ description: "False: nothing at all was changed." }),
    accepted: z.int(),
    refused: z.int(),
    rows: z.array(
      z.object({
        line: z.int(),
        sku: z.string(),
        location: z.string(),
        quantity: z.string().nullable(),
        errors: z.array(z.object({ column: z.string(), message: z.string() })),
      }),
    ),
  })
  .openapi("StockImportReport");

const importRoute = createRoute({
  method: "post",
  path: "/v1/stock/import",
  tags: ["Stock"],
  summary: "Book stock from a CSV file",
  description:
    `All rows or none: each quantity as an entry. Columns: ${stockColumns.join(", ")}. Send the file as \`text/csv\`, or ` +
    "as `multipart/form-data` in the field `file`. With `dryRun=true` the report tells what would happen.",
  security: bearer,
  middleware: [authorise("stock:write"), requireKey()],
  request: {
    query: z.object({ dryRun: z.enum(["true", "false"]).default("false") }),
    body: { required: true, content: { "text/csv": { schema: z.string() } } },
  },
  responses: {
    200: jsonAnswer(reportSchema, "What would be done; or what was done before, under this key."),
    201: jsonAnswer(reportSchema, "What was done, row by row."),
    422: jsonAnswer(reportSchema, "Rows were refused, so nothing was changed."),
    ...problemResponses(400, 401, 403, 409, 413, 415, 429),
  },
});

/** Carries a report out of the transaction, which is rolled back. */
class StockNotImported extends Error {
  readonly report: StockImportReport;

  constructor(report: StockImportReport) {
    super("the file was not booked");
    this.name = "StockNotImported";
    this.report = report;
  }
}

export function registerStockImport(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  app.openAPIRegistry.registerPath(importRoute);
  app.post("/v1/stock/import", authorise("stock:write"), requireKey(), limitBody(csvBytesMax), async (c) => {
    const isDryRun = isDryRunAsked(c);
    const content = await readCsvUpload(c);
    if (isDryRun) {
      return c.json(await foundation.database.readAs(c.get("principal"), (tx) => previewStock(tx, content)), 200);
    }
    const request = { sha256: createHash("sha256").update(content).digest("hex") };
    try {
      return await answerOnce(c, foundation, request, async (tx, key) => {
        const report = await importStock(tx, content, key);
        if (!report.isApplied) throw new StockNotImported(report);
        return report;
      });
    } catch (error) {
      if (!(error instanceof StockNotImported)) throw error;
      return c.json(error.report, 422);
    }
  });
}
