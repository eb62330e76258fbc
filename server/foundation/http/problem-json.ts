import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ZodError } from "zod";
import { Problem, problems } from "../problem.ts";
import type { HttpEnv } from "./http-env.ts";
import { isOutage } from "./outage.ts";

/** RFC 9457 with `code`, `requestId` and `errors` as extension members (contracts, *Error codes*). */
export const problemSchema = z
  .object({
    type: z.string().openapi({ example: "about:blank" }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().openapi({ example: "VALIDATION_FAILED" }),
    requestId: z.string(),
    errors: z
      .array(z.looseObject({ path: z.string().optional(), message: z.string().optional() }))
      .optional()
      .openapi({ description: "What is wrong, one by one; other members are the code's own." }),
  })
  .openapi("Problem");

/** The answer for a `Problem`. Keeps what was already decided on: its own headers, such as `Retry-After`. */
export function answerProblem(c: Context<HttpEnv>, problem: Problem): Response {
  const body: z.infer<typeof problemSchema> = {
    type: "about:blank",
    title: problem.title,
    status: problem.status,
    detail: problem.message,
    code: problem.code,
    requestId: c.get("requestId"),
    ...(problem.errors && { errors: problem.errors.map((error) => ({ ...error })) }),
  };
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  for (const [name, value] of Object.entries(problem.headers)) headers.set(name, value);
  if (problem.status === 401 && !headers.has("www-authenticate")) headers.set("www-authenticate", "Bearer");
  return new Response(JSON.stringify(body), { status: problem.status, headers });
}

/** `app.onError`: whatever was thrown becomes a problem; what we did not expect is logged here, once, with its stack. */
export function answerError(error: unknown, c: Context<HttpEnv>): Response {
  const problem = toProblem(error);
  if (problem.status >= 500) {
    const level = problem.code === "SERVICE_UNAVAILABLE" ? "warn" : "error";
    c.get("log")[level]({ error, code: problem.code }, "a request failed");
  }
  return answerProblem(c, problem);
}

/** Raw errors of libraries never reach a caller: only a `Problem` tells its own detail. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HTTPException) return fromHttpException(error);
  if (isOutage(error)) {
    return problems.SERVICE_UNAVAILABLE({
      detail: "A part that this needs cannot be reached right now. Try again; a write with the same Idempotency-Key.",
      headers: { "retry-after": "1" },
      cause: error,
    });
  }
  return problems.INTERNAL({
    detail: "Nothing more can be said here; the log knows it by the requestId.",
    cause: error,
  });
}

function fromHttpException(error: HTTPException): Problem {
  switch (error.status) {
    case 400:
      return problems.VALIDATION_FAILED({ detail: "The body cannot be read as its content type says.", cause: error });
    case 413:
      return problems.PAYLOAD_TOO_LARGE({ cause: error });
    case 415:
      return problems.UNSUPPORTED_MEDIA_TYPE({ detail: "Send the content type that this route takes.", cause: error });
    default:
      return problems.INTERNAL({ cause: error });
  }
}

/** The `defaultHook` of every route: a request that does not fit its schema is refused with each place and reason. */
export function refuseInvalid(result: { readonly success: boolean; readonly error?: ZodError }): void {
  if (result.success || result.error === undefined) return;
  throw problems.VALIDATION_FAILED({
    detail: "Some values are missing or wrong; errors names each.",
    errors: result.error.issues.slice(0, 100).map((issue) => ({
      path: issue.path.map(String).join("."),
      message: issue.message,
    })),
  });
}
