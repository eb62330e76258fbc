import { useSyncExternalStore } from "react";

/** What can lie over the page; one at a time. */
export type Overlay = "search" | "help" | "profile";

let current: Overlay | null = null;
const listeners = new Set<() => void>();

export function showOverlay(overlay: Overlay | null): void {
  if (overlay !== null && current === null) cameFrom = document.activeElement;
  current = overlay;
  for (const listener of listeners) listener();
  if (overlay === null) requestAnimationFrame(giveFocusBack);
}

/** What had the focus when the first of them opened. */
let cameFrom: Element | null = null;

/** Unless it went somewhere else meanwhile: the dialogs are gone before they could do it themselves. */
function giveFocusBack(): void {
  const isNowhere = document.activeElement === null || document.activeElement === document.body;
  if (current === null && isNowhere && cameFrom instanceof HTMLElement) cameFrom.focus({ preventScroll: true });
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
