import { z } from "@hono/zod-openapi";
import { problems } from "../problem.ts";

const limitDefault = 50;
const limitMax = 200;

/** The query of every list; merge it into the route's own: `z.object({ … }).extend(pageQuery.shape)`. */
export const pageQuery = z.object({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(limitMax)
    .default(limitDefault)
    .openapi({ description: "How many at most." }),
  cursor: z.string().max(1024).optional().openapi({ description: "`nextCursor` of the page before; opaque." }),
});

export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

/** The shape of every list: `{ items, nextCursor }`. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().openapi({ description: "Null on the last page." }),
  });
}

/** `rows` were asked for with `limit + 1`: one too many says that there is a next page, which begins after `keyOf`. */
export function pageOf<Row>(rows: readonly Row[], limit: number, keyOf: (last: Row) => readonly unknown[]): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}

/** The sort key of the last item, as base64url JSON. */
export function encodeCursor(key: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** Reads a cursor back; null without one. Throws `VALIDATION_FAILED` for one that we did not make. */
export function decodeCursor<Key>(shape: z.ZodType<Key>, cursor: string | undefined): Key | null {
  if (cursor === undefined) return null;
  const parsed = shape.safeParse(jsonOf(cursor));
  if (parsed.success) return parsed.data;
  throw problems.VALIDATION_FAILED({
    detail: "Begin again without cursor.",
    errors: [{ path: "cursor", message: "is not a cursor of this list" }],
  });
}

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
