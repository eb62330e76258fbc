import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { byteOrderMark, csvLines } from "../../foundation/csv/write-csv.ts";
import type { Foundation } from "../../foundation/foundation.ts";
import { authorise } from "../../foundation/http/authorise.ts";
import type { HttpEnv } from "../../foundation/http/http-env.ts";
import { bearer, jsonAnswer, problemResponses } from "../../foundation/http/openapi.ts";
import { gatewayFacts } from "../gateway/index.ts";
import { providerNames } from "../types.ts";
import { readDayFigures, readMonthFigures, readProviderFigures, readStoryFigures } from "./queries.ts";

const provider = z.enum(providerNames);
const when = z.string().nullable().openapi({ format: "date-time" });

const metricsSchema = z
  .object({
    days: z.int(),
    providerInUse: provider,
    fallbackProvider: provider.nullable(),
    override: z
      .object({ default: z.string(), fallback: z.string(), changedAt: when, changedBy: z.string().nullable() })
      .openapi({ description: "The settings `providers.default` and `providers.fallback`, and their last change." }),
    pictures: z.int(),
    fallbacks: z.int(),
    fallbackRatio: z.number().openapi({ description: "0 to 1, of the pictures that were made." }),
    policyBlocks: z.int(),
    policyBlocks24h: z.int(),
    consistencyLost: z.int(),
    refusedUploads: z.int(),
    resized: z.int(),
    averageSizeBytes: z.int().nullable(),
    costUsd: z.string(),
    spentThisMonthUsd: z.string(),
    monthlyBudgetUsd: z.number().nullable(),
    byProvider: z.array(
      z.object({
        provider,
        use: z.enum(["default", "fallback"]).nullable(),
        isConfigured: z.boolean(),
        model: z.string(),
        lifecycle: z.string(),
        endsOn: z.string().nullable(),
        warning: z.string().nullable(),
        breakerState: z.string().nullable(),
        calls: z.int(),
        succeeded: z.int(),
        failed: z.int(),
        refused: z.int(),
        latencyP50Ms: z.int().nullable(),
        latencyP95Ms: z.int().nullable(),
        costUsd: z.string(),
      }),
    ),
    byDay: z.array(
      z.object({
        day: z.string().openapi({ format: "date" }),
        pictures: z.int(),
        fallbacks: z.int(),
        policyBlocks: z.int(),
        costUsd: z.string(),
      }),
    ),
  })
  .openapi("StoryMetrics");

const metricsRoute = createRoute({
  method: "get",
  path: "/v1/stories/metrics",
  tags: ["Stories"],
  summary: "How pictures are made, by whom, how fast and at what cost",
  description: "Days are the shop's. `p95` is of the calls that came to an end of the provider's own.",
  security: bearer,
  middleware: [authorise("operations:manage")] as const,
  request: { query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }) },
  responses: { 200: jsonAnswer(metricsSchema, "The figures."), ...problemResponses(400, 401, 403, 429) },
});

const reportRoute = createRoute({
  method: "get",
  path: "/v1/stories/report.csv",
  tags: ["Stories"],
  summary: "Pictures by month and provider, as CSV",
  description: "Size, share of resized pictures, cost; with a byte order mark, as spreadsheets want it.",
  security: bearer,
  middleware: [authorise("operations:manage")] as const,
  request: {
    query: z.object({
      month: z
        .string()
        .regex(/^\d{4}-(0[1-9]|1[0-2])$/, "must be a month such as 2026-11")
        .optional()
        .openapi({ description: "One month; all when left out." }),
      delimiter: z.enum(["comma", "semicolon"]).default("comma"),
    }),
  },
  responses: {
    200: { description: "The file.", content: { "text/csv": { schema: z.string() } } },
    ...problemResponses(400, 401, 403, 429),
  },
});

const columns = [
  "month",
  "provider",
  "images",
  "averageSizeBytes",
  "resizedRatio",
  "fallbackRatio",
  "averageLatencyMs",
  "calls",
  "policyBlocks",
  "costUsd",
] as const;
/** With a point, which is a comma where the semicolon divides. */
const decimalColumns: ReadonlySet<string> = new Set(["resizedRatio", "fallbackRatio", "costUsd"]);

export function registerFigureRoutes(app: OpenAPIHono<HttpEnv>, foundation: Foundation): void {
  const { database, config } = foundation;

  app.openapi(metricsRoute, async (c) => c.json(await metricsOf(foundation, c.req.valid("query").days), 200));

  app.openapi(reportRoute, async (c) => {
    const { month = null, delimiter } = c.req.valid("query");
    const divider = delimiter === "semicolon" ? ";" : ",";
    const rows = await readMonthFigures(database.db, month, config.shopTimeZone);
    const lines = rows.map((row) =>
      columns.map((column) => {
        const text = String(row[column] ?? "");
        return divider === ";" && decimalColumns.has(column) ? text.replace(".", ",") : text;
      }),
    );
    return c.body(byteOrderMark + csvLines([[...columns], ...lines], divider), 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="stories${month === null ? "" : `-${month}`}.csv"`,
    });
  });
}

async function metricsOf(foundation: Foundation, days: number): Promise<z.infer<typeof metricsSchema>> {
  const { db } = foundation.database;
  const facts = await gatewayFacts(foundation);
  const byProvider = await readProviderFigures(db, days * 24);
  const figures = await readStoryFigures(db, days * 24);
  const byDay = await readDayFigures(db, days, foundation.config.shopTimeZone);
  const settings = (await foundation.settings.list()).filter(({ key }) => choiceKeys.includes(key));
  const [lastChanged] = settings
    .filter(({ updatedAt }) => updatedAt !== null)
    .sort((one, other) => Number(other.updatedAt) - Number(one.updatedAt));
  const choiceOf = (key: string) => String(settings.find((setting) => setting.key === key)?.value ?? "auto");
  return {
    days,
    providerInUse: facts.defaultProvider,
    fallbackProvider: facts.fallbackProvider,
    override: {
      default: choiceOf("providers.default"),
      fallback: choiceOf("providers.fallback"),
      changedAt: lastChanged?.updatedAt?.toISOString() ?? null,
      changedBy: lastChanged?.updatedBy ?? null,
    },
    ...figures,
    fallbackRatio: figures.pictures === 0 ? 0 : figures.fallbacks / figures.pictures,
    policyBlocks24h: (await readStoryFigures(db, 24)).policyBlocks,
    costUsd: sumOf(byProvider.map(({ costUsd }) => costUsd)),
    spentThisMonthUsd: facts.spentThisMonthUsd,
    monthlyBudgetUsd: facts.monthlyBudgetUsd,
    byProvider: facts.providers.map((each) => {
      const calls = byProvider.find((row) => row.provider === each.name);
      return {
        provider: each.name,
        use: each.use,
        isConfigured: each.isConfigured,
        model: each.model,
        lifecycle: each.lifecycle,
        endsOn: each.endsOn,
        warning: each.warning,
        breakerState: each.breaker?.state ?? null,
        calls: calls?.calls ?? 0,
        succeeded: calls?.succeeded ?? 0,
        failed: calls?.failed ?? 0,
        refused: calls?.refused ?? 0,
        latencyP50Ms: calls?.latencyP50Ms ?? null,
        latencyP95Ms: calls?.latencyP95Ms ?? null,
        costUsd: calls?.costUsd ?? "0",
      };
    }),
    byDay: [...byDay],
  };
}

const choiceKeys: readonly string[] = ["providers.default", "providers.fallback"];

/** Exact, in millionths of a dollar, which is what the rows keep. */
function sumOf(amounts: readonly string[]): string {
  const millionths = amounts.reduce((sum, amount) => sum + Math.round(Number(amount) * 1_000_000), 0);
  return String(millionths / 1_000_000);
}
