import { createHash } from "node:crypto";
import type { Context, MiddlewareHandler, TypedResponse } from "hono";
import type { Executor } from "../foundation/database/database.ts";
import type { Foundation } from "../foundation/foundation.ts";
import type { HttpEnv } from "../foundation/http/http-env.ts";
import { problems } from "../foundation/problem.ts";
import { inventoryProblems, rethrowAsProblem } from "./errors.ts";
import { findAnswer, storeAnswer } from "./queries.ts";

/** Fits what any route declares to answer: the stored text may be that of an earlier version, so no type can tell. */
type DeclaredAnswer = Response & TypedResponse<never, never, never>;

/** Where doing it twice would move stock twice: 400 `IDEMPOTENCY_KEY_REQUIRED` without the header. */
export function requireKey(): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (idempotencyKey(c) === null) {
      throw inventoryProblems.IDEMPOTENCY_KEY_REQUIRED({
        detail: "Send a key of your own making with each new request, and the same key to repeat one.",
        errors: [{ path: "Idempotency-Key", message: "is a header that must be there" }],
      });
    }
    await next();
  };
}

/** The key that a request carries, quoted or bare; null without one. Throws `VALIDATION_FAILED` for a malformed one. */
export function idempotencyKey(c: Context<HttpEnv>): string | null {
  const header = c.req.header("idempotency-key");
  if (header === undefined) return null;
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header;
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw problems.VALIDATION_FAILED({
    detail: "An idempotency key has 1 to 255 visible ASCII characters.",
    errors: [{ path: "Idempotency-Key", message: "must have 1 to 255 visible ASCII characters" }],
  });
}

/**
 * Runs `work` in one transaction under row security, as the caller, and answers with what it gives. With a key, once and
 * for ever: the answer is stored in that transaction; the same key and `request`, from the same user, to the same
 * address, gets it again with 200 and `Idempotency-Replayed: true`, and one that comes while the first is under way waits
 * for it. What `work` throws is not stored. Throws `IDEMPOTENCY_KEY_REUSED` for another request under the key.
 *
 * Unlike the foundation's `idempotent`, nothing is forgotten and nothing refused as in progress: so the contracts want it
 * where stock moves.
 */
export async function answerOnce(
  c: Context<HttpEnv>,
  { database }: Pick<Foundation, "database">,
  request: unknown,
  work: (tx: Executor, key: string | null) => Promise<unknown>,
  options: { readonly status: 200 | 201 } = { status: 201 },
): Promise<DeclaredAnswer> {
  const key = idempotencyKey(c);
  const answer = await database
    .actAs(c.get("principal"), async (tx) => {
      if (key === null) return { body: JSON.stringify(await work(tx, key)), isReplayed: false };
      const claim = { scope: `${c.req.method} ${c.req.path}`, key, fingerprint: fingerprintOf(request) };
      const stored = await findAnswer(tx, claim);
      if (stored !== null) return { body: stored, isReplayed: true };
      const body = JSON.stringify(await work(tx, key));
      await storeAnswer(tx, claim, body);
      return { body, isReplayed: false };
    })
    .catch(rethrowAsProblem);
  return jsonResponse(answer.body, answer.isReplayed ? 200 : options.status, answer.isReplayed);
}

/** JSON that is text already. */
export function jsonResponse(body: string, status: 200 | 201, isReplayed: boolean): DeclaredAnswer {
  const headers = { "content-type": "application/json", ...(isReplayed && { "idempotency-replayed": "true" }) };
  // As Hono's own `c.json`: what TypedResponse adds exists for the type checker alone.
  return new Response(body, { status, headers }) as DeclaredAnswer;
}

/** What was parsed by a schema has its members in the schema's order, so equal requests are equal texts. */
function fingerprintOf(request: unknown): string {
  return createHash("sha256").update(JSON.stringify(request)).digest("hex");
}
