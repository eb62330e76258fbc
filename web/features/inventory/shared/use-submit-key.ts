import { useEffect, useEffectEvent } from "react";

/** Ctrl or ⌘ and Enter send the form, wherever on the page the focus is. */
export function useSubmitKey(submit: () => void): void {
  const send = useEffectEvent(submit);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
      // What lies over the page has an Enter of its own.
      if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return;
      event.preventDefault();
      event.stopPropagation();
      send();
    };
    // Before the fields: to a search, Enter means its best hit, with or without Ctrl.
    document.addEventListener("keydown", onKeyDown, true);
    return () => document.removeEventListener("keydown", onKeyDown, true);
  }, []);
}
