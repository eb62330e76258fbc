import { useEffect, useEffectEvent } from "react";

/**
 * Runs `action` when `key` is pressed on its own, unless somebody is typing or something lies over the page. For the
 * keys of a page; inside a list or a dialog, handle its own `onKeyDown`.
 */
export function useShortcut(key: string, action: () => void, isEnabled = true): void {
  const run = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== key || isTaken(event)) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    if (!isEnabled) return undefined;
    const listener = (event: KeyboardEvent) => run(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, [isEnabled]);
}

/** Whether the key belongs to someone else: a field, a dialog, the browser, or who handled it already. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const { target } = event;
  if (target instanceof HTMLElement) {
    if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return true;
    if (target.closest('[role="menu"], [role="listbox"]') !== null) return true;
  }
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}
