import { uuid } from "./request-identity.ts";

/** The part of `Storage` that is needed; `sessionStorage` lives as long as the tab, over reloads. */
export interface KeyStorage {
  readonly getItem: (name: string) => string | null;
  readonly setItem: (name: string, value: string) => void;
  readonly removeItem: (name: string) => void;
}

export interface MutationKey {
  /** Send it as `idempotencyKey`: the server does what it names once, however often it arrives. */
  readonly value: () => string;
  /** The mutation is over: the next `value()` is a new one. Not after an error: then the key finds out what happened. */
  readonly settle: () => void;
}

/**
 * An idempotency key that is made when a form opens (the first `value()`) and stays the same over retries and reloads
 * until `settle()`. `name` tells this form from others: "new-product", `edit-${id}`.
 */
export function createMutationKey(name: string, storage: KeyStorage = sessionKeyStorage()): MutationKey {
  const item = `bodega.mutation-key.${name}`;
  let current: string | null = null;
  return {
    value: () => {
      current ??= read(storage, item) ?? uuid();
      attempt(() => storage.setItem(item, current ?? ""));
      return current;
    },
    settle: () => {
      current = null;
      attempt(() => storage.removeItem(item));
    },
  };
}

function read(storage: KeyStorage, item: string): string | null {
  return attempt(() => storage.getItem(item)) ?? null;
}

/** Storage that is full or forbidden costs the reload, not the form. */
function attempt<Value>(use: () => Value): Value | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}

function sessionKeyStorage(): KeyStorage {
  return attempt(() => globalThis.sessionStorage) ?? memoryKeyStorage();
}

/** Where there is no `sessionStorage`: as long as the process. */
export function memoryKeyStorage(): KeyStorage {
  const items = new Map<string, string>();
  return {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
  };
}
