import { StoreError } from "./object-store.ts";

const namedMax = 5;

/** One error for all objects that a `deletePrefix` had to leave: transient when another try may remove every one. */
export function removalFailures(prefix: string, removed: number, failures: readonly StoreError[]): StoreError {
  const named = failures.slice(0, namedMax).map((failure) => failure.message);
  const unnamed = failures.length > namedMax ? ` And ${failures.length - namedMax} more.` : "";
  return new StoreError(
    failures.every((failure) => failure.isTransient) ? "transient" : "permanent",
    prefix,
    `Removed ${removed} objects under ${prefix}, but ${failures.length} stayed. ${named.join(" ")}${unnamed}`,
    new AggregateError(failures.slice(0, namedMax)),
  );
}
