import { useSyncExternalStore } from "react";

/** What can lie over the page; one at a time. */
export type Overlay = "search" | "help" | "profile";

let current: Overlay | null = null;
const listeners = new Set<() => void>();

export function showOverlay(overlay: Overlay | null): void {
  current = overlay;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export function useOverlay(overlay: Overlay): {
  readonly isOpen: boolean;
  readonly open: () => void;
  readonly close: () => void;
} {
  const isOpen = useSyncExternalStore(subscribe, () => current) === overlay;
  return { isOpen, open: () => showOverlay(overlay), close: () => showOverlay(null) };
}
