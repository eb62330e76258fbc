import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Permission } from "../foundation/auth/permissions.ts";
import type { Principal } from "../foundation/auth/principal.ts";
import { byteOrderMark, type CsvDelimiter, csvLines } from "../foundation/csv/write-csv.ts";
import { type Database, type Executor, sqlState } from "../foundation/database/database.ts";
import type { Foundation } from "../foundation/foundation.ts";
import { authorise } from "../foundation/http/authorise.ts";
import type { HttpEnv } from "../foundation/http/http-env.ts";
import { bearer, jsonAnswer, problemResponses } from "../foundation/http/openapi.ts";
import { decodeCursor, pageOf, pageQuery, pageSchema } from "../foundation/http/pagination.ts";
import { problems } from "../foundation/problem.ts";
import { jsonResponse } from "./answer-once.ts";

/** A cell of a CSV file: text as it is, a decimal with the locale's mark. */
export type Cell = { readonly text: string | null } | { readonly decimal: string | null };

/** A list of the inventory: one definition gives the JSON endpoint and the CSV file of the same rows. */
export interface ListDefinition<Filter extends object, Item extends object> {
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly permission: Permission;
  readonly filter: z.ZodType<Filter> & z.ZodObject;
  readonly item: z.ZodObject;
  /** `limit` rows at most, after the row whose `keyOf` is `after`. Runs under row security. */
  readonly fetch: (
    tx: Executor,
    filter: Filter,
    after: readonly string[] | null,
    limit: number,
    principal: Principal,
  ) => Promise<readonly Item[]>;
  readonly keyOf: (item: Item, filter: Filter) => readonly string[];
  /** What is shown of a row; default: the row. */
  readonly show?: (item: Item) => object;
  /** The file's name, and its columns in order. */
  readonly csv: { readonly name: string; readonly columns: Readonly<Record<string, (item: Item) => Cell>> };
}

const cursorSchema = z.array(z.string().max(400)).max(4);
const exportBatch = 500;

/** `GET path` and `GET path/export.csv`. */
export function registerList<Filter extends object, Item extends object>(
  app: OpenAPIHono<HttpEnv>,
  { database }: Pick<Foundation, "database">,
  list: ListDefinition<Filter, Item>,
): void {
  const responses = problemResponses(400, 401, 403, 429);
  const shared = { method: "get" as const, tags: [list.tag], security: bearer };
  const middleware = [authorise(list.permission)];
  const exportRoute = createRoute({
    ...shared,
    middleware,
    path: `${list.path}/export.csv`,
    summary: `${list.summary}, as CSV`,
    description:
      "With a byte order mark; separated by semicolons with the decimal comma, as spreadsheets of es-AR want it, or, with " +
      "`delimiter=comma`, by commas with the decimal point.",
    request: {
      query: list.filter.extend({ delimiter: z.enum(["comma", "semicolon"]).default("semicolon") }),
    },
    responses: {
      200: { description: "The file.", content: { "text/csv": { schema: z.string() } } },
      ...responses,
    },
  });
  app.openapi(exportRoute, (c) => {
    const delimiter = c.req.query("delimiter") === "comma" ? "," : ";";
    const filter = list.filter.parse(c.req.query());
    return c.body(exportStream(database, c.get("principal"), list, filter, delimiter), 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${list.csv.name}.csv"`,
    });
  });

  const listRoute = createRoute({
    ...shared,
    middleware,
    path: list.path,
    summary: list.summary,
    ...(list.description !== undefined && { description: list.description }),
    request: { query: list.filter.extend(pageQuery.shape) },
    responses: { 200: jsonAnswer(pageSchema(list.item), "A page."), ...responses },
  });
  app.openapi(listRoute, async (c) => {
    const { limit, cursor } = pageQuery.parse(c.req.query());
    const filter = list.filter.parse(c.req.query());
    const after = decodeCursor(cursorSchema, cursor);
    const principal = c.get("principal");
    const rows = await database
      .readAs(principal, (tx) => list.fetch(tx, filter, after, limit + 1, principal))
      .catch((error: unknown) => {
        throw after !== null && isOfWrongType(error) ? foreignCursor(error) : error;
      });
    const page = pageOf(rows, limit, (row) => list.keyOf(row, filter));
    const { show } = list;
    return jsonResponse(
      JSON.stringify(show === undefined ? page : { ...page, items: page.items.map(show) }),
      200,
      false,
    );
  });
}

/** Class 22, data exceptions: a text that is no uuid, date or number. */
const isOfWrongType = (error: unknown): boolean => sqlState(error)?.startsWith("22") ?? false;

/** Filters were parsed by their schema; of a cursor only the database can tell that it is another list's. */
const foreignCursor = (cause: unknown) =>
  problems.VALIDATION_FAILED({
    detail: "Begin again without cursor.",
    errors: [{ path: "cursor", message: "is not a cursor of this list" }],
    cause,
  });

/** Page by page, as the reader takes them; each page is a transaction of its own, so no long one is held. */
function exportStream<Filter extends object, Item extends object>(
  database: Database,
  principal: Principal,
  list: ListDefinition<Filter, Item>,
  filter: Filter,
  delimiter: CsvDelimiter,
): ReadableStream {
  const columns = Object.entries(list.csv.columns);
  const encoder = new TextEncoder();
  let after: readonly string[] | null = null;
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(byteOrderMark + csvLines([columns.map(([name]) => name)], delimiter)));
    },
    async pull(controller) {
      const rows: readonly Item[] = await database.readAs(principal, (tx) =>
        list.fetch(tx, filter, after, exportBatch, principal),
      );
      const lines = rows.map((row) => columns.map(([, cellOf]) => written(cellOf(row), delimiter)));
      if (lines.length > 0) controller.enqueue(encoder.encode(csvLines(lines, delimiter)));
      const last = rows.at(-1);
      after = last === undefined ? null : list.keyOf(last, filter);
      if (rows.length < exportBatch) controller.close();
    },
  });
}

function written(cell: Cell, delimiter: CsvDelimiter): string | null {
  if ("text" in cell) return cell.text;
  return delimiter === ";" ? (cell.decimal?.replace(".", ",") ?? null) : cell.decimal;
}
