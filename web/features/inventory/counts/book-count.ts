import { BodegaError, type BodegaErrorDetail, type components } from "@bodega/sdk";
import { client } from "../../../shared/server/client.ts";
import { type CountLine, outdated } from "./count-line.ts";
import type { CountDraft } from "./draft-store.ts";

export type VarianceReport = components["schemas"]["VarianceReport"];

/** Thousands of lines are one transaction. */
const timeoutMs = 60_000;

/** Sets stock to what was counted, all lines or none. Throws `BodegaError`; `COUNT_OUTDATED` for what moved meanwhile. */
export async function bookCount(
  { locationId }: CountDraft,
  lines: readonly CountLine[],
  idempotencyKey: string,
): Promise<VarianceReport> {
  const counted = lines.flatMap(({ productId, counted: found, position }) =>
    found === null ? [] : [{ productId, counted: found, countedFrom: position }],
  );
  const request = new Request(new URL("/v1/stock/counts", window.location.href), {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": idempotencyKey },
    body: JSON.stringify({ locationId, lines: counted }),
  });
  return (await client.transport.send(request, { timeoutMs })).json();
}

/** What has to become of the lines that the server says have moved; by product. Empty for any other error. */
export function movedLines(error: unknown): ReadonlyMap<string, (line: CountLine) => CountLine> {
  if (!(error instanceof BodegaError) || error.code !== "COUNT_OUTDATED") return new Map();
  return new Map(
    error.errors.flatMap((detail) => {
      const { productId, position, onHand } = membersOf(detail);
      if (typeof productId !== "string" || typeof position !== "number" || typeof onHand !== "string") return [];
      return [[productId, (line: CountLine) => outdated(line, { expected: onHand, position })] as const];
    }),
  );
}

/** Of lines that were counted below what is reserved: how many of each are reserved, by product. */
export function reservedLines(error: unknown): ReadonlySet<string> {
  if (!(error instanceof BodegaError) || error.code !== "INSUFFICIENT_STOCK") return new Set();
  return new Set(
    error.errors.flatMap((detail) => {
      const { productId } = membersOf(detail);
      return typeof productId === "string" ? [productId] : [];
    }),
  );
}

/** The members of a problem's detail that are its code's own. */
const membersOf = (detail: BodegaErrorDetail): Readonly<Record<string, unknown>> => ({ ...detail });
