import { useEffect, useMemo } from "react";
import { createMutationKey, type MutationKey } from "../client/mutation-key.ts";

/**
 * The idempotency key of a form, made when it opens and the same over retries and reloads, until `settle()`:
 * `client.products.create(product, { idempotencyKey: key.value() })`.
 */
export function useMutationKey(name: string): MutationKey {
  const key = useMemo(() => createMutationKey(name), [name]);
  useEffect(() => void key.value(), [key]);
  return key;
}
