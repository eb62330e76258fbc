import type { Principal } from "../../foundation/auth/principal.ts";
import { problems } from "../../foundation/problem.ts";
import { addQuantities } from "../decimals.ts";
import { inventoryProblems, rethrowAsReservationProblem } from "../errors.ts";
import type { ReservationBatcher } from "../reservation-batcher.ts";
import type { Reservation, ReservationLine } from "../schemas.ts";
import type { ShortLine } from "./queries.ts";

/** What is to be reserved, as the edge parsed it. */
export interface NewReservation {
  readonly lines: readonly ReservationLine[];
  readonly reference: string | null;
  readonly expiresInSeconds?: number | null | undefined;
}

export interface Reserved {
  readonly reservation: Reservation;
  /** The key had been used for this very request: it is the first answer again. */
  readonly isReplayed: boolean;
}

/**
 * Reserves all lines or nothing, once per key and user (requirement 04, R-001). The same key and request get the same
 * answer however late, whatever the stock is by then.
 *
 * @throws Problem INSUFFICIENT_STOCK with the short lines, IDEMPOTENCY_KEY_REUSED, FORBIDDEN, SERVICE_UNAVAILABLE
 */
export async function reserve(
  batcher: ReservationBatcher,
  principal: Principal,
  key: string,
  { lines: given, reference, expiresInSeconds = null }: NewReservation,
): Promise<Reserved> {
  const lines = summed(given);
  const { userId, role } = principal;
  const outcome = await batcher
    .reserve({ userId, role, key, lines, reference, expiresInSeconds })
    .catch(rethrowAsReservationProblem);
  switch (outcome.outcome) {
    case "created":
    case "replayed":
      return {
        isReplayed: outcome.outcome === "replayed",
        reservation: {
          id: outcome.id,
          state: "active",
          reference,
          lines,
          createdAt: outcome.createdAt.toISOString(),
          expiresAt: outcome.expiresAt.toISOString(),
          supersedes: [...(outcome.supersedes ?? [])],
        },
      };
    case "refused":
      throw insufficient(outcome.short);
    case "key_reused":
      throw problems.IDEMPOTENCY_KEY_REUSED("Use a new key for a new request, and the same key only to repeat one.");
    case "deferred":
    case "locked":
      throw problems.SERVICE_UNAVAILABLE({ headers: { "retry-after": "1" } });
  }
}

function insufficient(short: readonly ShortLine[]) {
  return inventoryProblems.INSUFFICIENT_STOCK({
    detail: "Nothing was changed; errors tells what each line can have.",
    errors: short.map((line) => ({ ...line })),
  });
}

/** Each product and location once, in the order of their keys: what is asked, whatever the order it was written in. */
function summed(lines: readonly ReservationLine[]): ReservationLine[] {
  const sums = new Map<string, ReservationLine>();
  for (const given of lines) {
    const line = { ...given, productId: given.productId.toLowerCase(), locationId: given.locationId.toLowerCase() };
    const key = `${line.productId} ${line.locationId}`;
    const before = sums.get(key);
    sums.set(key, before === undefined ? line : { ...line, quantity: addQuantities(before.quantity, line.quantity) });
  }
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}
