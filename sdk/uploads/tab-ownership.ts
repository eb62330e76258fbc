import { uuid } from "../client/request-identity.ts";

/** Tells the tabs of one shop apart, so that two do not work on the same upload. */
export interface TabOwnership {
  readonly ownerId: string;
  /** Those of `ownerIds` whose tab is still there. */
  readonly alive: (ownerIds: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly release: () => void;
}

const lockName = (ownerId: string) => `bodega-uploads-${ownerId}`;

/**
 * Each tab holds a lock of its own as long as it lives; the browser lets go of it however the tab ends. Where there are
 * no locks (plain HTTP, Node), nobody else counts as alive: two tabs may then do the same, which the idempotency keys
 * make harmless.
 */
export function tabOwnership(locks: LockManager | undefined = globalThis.navigator?.locks): TabOwnership {
  const ownerId = uuid();
  if (locks === undefined) return { ownerId, alive: async () => new Set([ownerId]), release: () => undefined };
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const holding = locks.request(lockName(ownerId), () => released);
  // A browser that refuses locks here (a sandboxed frame) is as one without.
  holding.catch(() => undefined);
  return {
    ownerId,
    alive: async (ownerIds) => {
      const { held = [] } = await locks.query().catch(() => ({ held: [] }));
      const names = new Set(held.map(({ name }) => name));
      return new Set(ownerIds.filter((id) => id === ownerId || names.has(lockName(id))));
    },
    release: () => release(),
  };
}
