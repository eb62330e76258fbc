import { problems } from "../problem.ts";
import { StoreError } from "./object-store.ts";

/** A store that is away for a moment, as a problem of the request; any other error as it is. */
export function asStoreProblem(error: unknown): unknown {
  if (!(error instanceof StoreError && error.isTransient)) return error;
  return problems.SERVICE_UNAVAILABLE({
    detail: "The store of pictures cannot be reached right now; nothing was changed. Try again.",
    headers: { "retry-after": "5" },
    cause: error,
  });
}
