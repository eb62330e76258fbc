import { createHash } from "node:crypto";
import type { Context, TypedResponse } from "hono";
import type { Executor } from "../database/database.ts";
import type { Foundation } from "../foundation.ts";
import { problems } from "../problem.ts";
import type { HttpEnv } from "./http-env.ts";
import { findIdempotentAnswer, type IdempotencyClaim, storeIdempotentAnswer } from "./queries.ts";

/** What the work answers with. `body` is sent as JSON; undefined: no body (204). */
export interface IdempotentAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** False: an answer that stands for no effect (a refusal), so the same key may try again. Default true below 500. */
  readonly store?: boolean;
}

/** Fits what any route declares to answer: the stored text may be that of an earlier version, so no type can tell. */
export type DeclaredAnswer = Response & TypedResponse<never, never, never>;

export interface IdempotentOptions {
  /** `caller` (default): under row security, as the principal; `service`: as the service role. */
  readonly as?: "caller" | "service";
}

/**
 * Runs `work` in one transaction and answers with what it gives; with an `Idempotency-Key`, once
 * (draft-ietf-httpapi-idempotency-key-header-07). The answer is stored in that very transaction, so effect and answer
 * exist together or not at all; for 7 days the same key, from the same principal, for the same method and path, gives it
 * again, byte by byte, with `Idempotency-Replayed: true`.
 *
 * `fingerprint` is whatever tells this request from another, usually the parsed body. What `work` throws rolls back and
 * is not stored; nor is a status ≥ 500. The route must be behind `authorise`. Throws `VALIDATION_FAILED` for a
 * malformed key, `REQUEST_IN_PROGRESS` while the first with this key is under way, `IDEMPOTENCY_KEY_REUSED` for another
 * request.
 */
export async function idempotent(
  c: Context<HttpEnv>,
  foundation: Pick<Foundation, "database">,
  fingerprint: unknown,
  work: (tx: Executor) => Promise<IdempotentAnswer>,
  options: IdempotentOptions = {},
): Promise<DeclaredAnswer> {
  const claim = claimOf(c, fingerprint);
  const { database } = foundation;
  const run = (tx: Executor) => (claim === null ? work(tx).then(render) : once(tx, claim, work));
  const answer =
    options.as === "service" ? await database.transaction(run) : await database.actAs(c.get("principal"), run);
  // As Hono's own `c.json`: what TypedResponse adds exists for the type checker alone.
  return toResponse(answer) as DeclaredAnswer;
}

/**
 * The answer that the request's `Idempotency-Key` has got already, or null: for work that must not run inside a
 * transaction (it asks somebody outside), which so looks before it begins. What it does then must be safe to do twice at
 * the same time under one key; its effect and its answer are recorded by `idempotent` with the same fingerprint.
 *
 * Throws as `idempotent` does, but for `REQUEST_IN_PROGRESS`: the key is not held while the work goes on.
 */
export async function answeredBefore(
  c: Context<HttpEnv>,
  foundation: Pick<Foundation, "database">,
  fingerprint: unknown,
): Promise<DeclaredAnswer | null> {
  const claim = claimOf(c, fingerprint);
  if (claim === null) return null;
  const finding = await foundation.database.actAs(c.get("principal"), (tx) => findIdempotentAnswer(tx, claim));
  switch (finding.state) {
    case "reused":
      throw keyReused();
    case "answered":
      return toResponse({ ...finding, store: false, isReplayed: true });
    case "in_progress":
    case "new":
      return null;
  }
}

/** The request's key as it names one wish of one caller, for whoever else has to know repeats; null without one. */
export function wishOf(c: Context<HttpEnv>): string | null {
  const claim = claimOf(c, null);
  if (claim === null) return null;
  const name = JSON.stringify([claim.principal, claim.method, claim.path, claim.key]);
  return createHash("sha256").update(name).digest("hex");
}

interface RenderedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly store: boolean;
  readonly isReplayed: boolean;
}

async function once(
  tx: Executor,
  claim: IdempotencyClaim,
  work: (tx: Executor) => Promise<IdempotentAnswer>,
): Promise<RenderedAnswer> {
  const finding = await findIdempotentAnswer(tx, claim);
  switch (finding.state) {
    case "in_progress":
      throw problems.REQUEST_IN_PROGRESS({ headers: { "retry-after": "1" } });
    case "reused":
      throw keyReused();
    case "answered":
      return { ...finding, store: false, isReplayed: true };
    case "new": {
      const answer = render(await work(tx));
      if (answer.store) await storeIdempotentAnswer(tx, claim, answer);
      return answer;
    }
  }
}

const keyReused = () =>
  problems.IDEMPOTENCY_KEY_REUSED("Use a new key for a new request, and the same key only to repeat one.");

function render(answer: IdempotentAnswer): RenderedAnswer {
  const isProblem = answer.status >= 400;
  const contentType = isProblem ? "application/problem+json" : "application/json";
  return {
    status: answer.status,
    headers: { ...(answer.body !== undefined && { "content-type": contentType }), ...answer.headers },
    body: answer.body === undefined ? null : JSON.stringify(answer.body),
    store: answer.status < 500 && (answer.store ?? true),
    isReplayed: false,
  };
}

function toResponse(answer: RenderedAnswer): DeclaredAnswer {
  const headers = new Headers(answer.headers);
  if (answer.isReplayed) headers.set("idempotency-replayed", "true");
  return new Response(answer.body, { status: answer.status, headers }) as DeclaredAnswer;
}

/** Null without the header. The draft's quoted form and the bare form that most clients send are the same key. */
function claimOf(c: Context<HttpEnv>, fingerprint: unknown): IdempotencyClaim | null {
  const header = c.req.header("idempotency-key");
  if (header === undefined) return null;
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw problems.VALIDATION_FAILED({
      detail: "An idempotency key has 1 to 255 visible ASCII characters.",
      errors: [{ path: "Idempotency-Key", message: "must have 1 to 255 visible ASCII characters" }],
    });
  }
  return {
    principal: c.get("principal").userId,
    method: c.req.method,
    path: c.req.path,
    key,
    fingerprint: createHash("sha256").update(canonical(fingerprint)).digest("hex"),
  };
}

/** JSON with sorted members: the same request written in another order is the same request. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_name, member: unknown) =>
      typeof member === "object" && member !== null && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
        : member,
    ) ?? ""
  );
}
