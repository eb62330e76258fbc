import { type Problem, problems } from "../problem.ts";
import { sqlState } from "./database.ts";

/**
 * What functions, constraints and row security of any module say, as a problem of the request; null for an error that
 * says nothing about it. Modules add their own conditions in `errors.ts`.
 *
 * Deadlocks and failures to serialise are none: the transaction is tried again for them (`Database`).
 */
export function sqlProblemOf(error: unknown): Problem | null {
  const detail = error instanceof Error ? sentence(error.message) : "";
  switch (sqlState(error)) {
    case "P0002": // no_data_found
      return problems.NOT_FOUND({ detail, cause: error });
    case "42501": // insufficient_privilege, also of row security
      return problems.FORBIDDEN({ cause: error });
    case "55000": // object_not_in_prerequisite_state: things are not as the caller believes
      return problems.CONFLICT({ detail, cause: error });
    case "23505": // unique_violation
      return problems.CONFLICT({ detail: "There is such a thing already.", cause: error });
    case "22023": // invalid_parameter_value: raised by the functions with a sentence of their own
      return problems.VALIDATION_FAILED({ detail, cause: error });
    case "23502":
    case "23514":
    case "22001":
    case "22003":
    case "22007":
    case "22008":
    case "22021": // a NUL character, which text cannot hold
    case "22P02":
    case "22P05":
      return problems.VALIDATION_FAILED({ detail: "A value is not one that can be kept.", cause: error });
    default:
      return null;
  }
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.?$/, ".")}`;
