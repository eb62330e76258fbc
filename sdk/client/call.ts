import type { Client } from "openapi-fetch";
import type { paths } from "../schema.gen.ts";
import type { CallOptions } from "./client.ts";

export type Http = Client<paths, `${string}/${string}`>;

/** The body of a successful answer. Failures have rejected already, so there is one. */
export async function dataOf<Data>(answer: Promise<{ readonly data?: Data }>): Promise<Data> {
  const { data } = await answer;
  if (data === undefined) throw new TypeError("the answer has no body; use the answer itself");
  return data;
}

/** The options of a call as `http` takes them. */
export function initOf({ signal, idempotencyKey }: CallOptions = {}): {
  readonly signal?: AbortSignal;
  readonly headers?: Record<string, string>;
} {
  return {
    ...(signal !== undefined && { signal }),
    ...(idempotencyKey !== undefined && { headers: { "idempotency-key": idempotencyKey } }),
  };
}
