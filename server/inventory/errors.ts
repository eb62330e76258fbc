import { sqlState, violatedConstraint } from "../foundation/database/database.ts";
import { sqlProblemOf } from "../foundation/database/sql-problem.ts";
import { defineProblems, type Problem, type ProblemDetail, problems } from "../foundation/problem.ts";

/** What can be wrong with stock, orders and prices (contracts, *Inventory*). */
export const inventoryProblems = defineProblems({
  IDEMPOTENCY_KEY_REQUIRED: { status: 400, title: "Send an Idempotency-Key." },
  INSUFFICIENT_STOCK: { status: 409, title: "There is not enough free stock." },
  RESERVATION_NOT_FOUND: { status: 404, title: "There is no such reservation." },
  RESERVATION_NOT_ACTIVE: { status: 409, title: "The reservation is not active any more." },
  COUNT_OUTDATED: { status: 409, title: "Stock moved since it was counted." },
  OVER_RECEIPT: { status: 409, title: "More came than was ordered." },
  PURCHASE_ORDER_NOT_OPEN: { status: 409, title: "The order is not in the state for this." },
  MOVEMENT_NOT_UNDOABLE: { status: 409, title: "This was undone already." },
  LOCATION_IN_USE: { status: 409, title: "The location still holds stock." },
  LOCATION_NOT_IN_USE: { status: 409, title: "The location is not in use." },
  CODE_TAKEN: { status: 409, title: "The code is another product's." },
  MARGIN_BELOW_MINIMUM: { status: 409, title: "The margin is below the category's minimum." },
});

/** SQLSTATEs of `inventory.refuse` (database/routines/inventory/refuse.sql). */
const refusals = {
  IV001: [inventoryProblems.INSUFFICIENT_STOCK, "Nothing was changed; errors tells what each line can have."],
  IV002: [inventoryProblems.RESERVATION_NOT_ACTIVE, "It was confirmed, cancelled or expired meanwhile."],
  IV003: [problems.IDEMPOTENCY_KEY_REUSED, "Use a new key for a new request, and the same key only to repeat one."],
  IV004: [inventoryProblems.COUNT_OUTDATED, "Nothing was changed; count the products in errors again."],
  IV005: [inventoryProblems.OVER_RECEIPT, "Nothing was booked; errors tells how much of each product is missing."],
  IV006: [inventoryProblems.MARGIN_BELOW_MINIMUM, "Nothing was changed; errors tells the minimum."],
  IV007: [inventoryProblems.PURCHASE_ORDER_NOT_OPEN, "Read it again to see what became of it."],
  IV008: [inventoryProblems.MOVEMENT_NOT_UNDOABLE, "It was undone already, or is an undoing itself."],
  IV009: [inventoryProblems.LOCATION_IN_USE, "Move its stock elsewhere first."],
  IV010: [inventoryProblems.CODE_TAKEN, "Nothing was changed; errors tells whose it is."],
  IV011: [inventoryProblems.LOCATION_NOT_IN_USE, "Nothing was changed; bring the location back into use first."],
} as const;

/**
 * What the inventory's functions, constraints and row security say, as problems of the request; any other error as it
 * is. Use it where a statement is run: `.catch(rethrowAsProblem)`.
 */
export function rethrowAsProblem(error: unknown): never {
  throw problemOf(error) ?? error;
}

/** The same for what names a reservation: what is not there is `RESERVATION_NOT_FOUND`. */
export function rethrowAsReservationProblem(error: unknown): never {
  if (sqlState(error) === "P0002") throw inventoryProblems.RESERVATION_NOT_FOUND({ cause: error });
  throw problemOf(error) ?? error;
}

/** Null for an error that says nothing about the request. */
export function problemOf(error: unknown): Problem | null {
  const state = sqlState(error);
  if (state === null) return null;
  if (isRefusal(state)) {
    const [problem, detail] = refusals[state];
    const errors = detailsOf(error);
    return problem({ detail, cause: error, ...(errors.length > 0 && { errors }) });
  }
  if (state === "23503") {
    return problems.NOT_FOUND({ detail: "A product or location named here does not exist.", cause: error });
  }
  return duplicateOf(error) ?? sqlProblemOf(error);
}

const isRefusal = (state: string): state is keyof typeof refusals => Object.hasOwn(refusals, state);

function duplicateOf(error: unknown): Problem | null {
  switch (violatedConstraint(error)) {
    case "locations_code_unique":
      return problems.CONFLICT({
        detail: "Another location has this code.",
        errors: [{ path: "code", message: "is another location's" }],
        cause: error,
      });
    case "purchase_order_lines_product_once":
      return problems.VALIDATION_FAILED({ detail: "A product comes twice in the order.", cause: error });
    case "movements_undone_once":
      return inventoryProblems.MOVEMENT_NOT_UNDOABLE({ cause: error });
    default:
      return null;
  }
}

/** `inventory.refuse` puts what is wrong, one by one, into the error's detail. */
function detailsOf(error: unknown): readonly ProblemDetail[] {
  if (!(error instanceof Error) || !("detail" in error) || typeof error.detail !== "string") return [];
  const details: unknown = JSON.parse(error.detail);
  return Array.isArray(details) ? details : [];
}
