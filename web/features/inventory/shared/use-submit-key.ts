import { useEffect, useEffectEvent } from "react";

/** Ctrl or ⌘ and Enter send the form, wherever on the page the focus is. */
export function useSubmitKey(submit: () => void): void {
  const send = useEffectEvent(submit);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat || event.defaultPrevented) return;
      event.preventDefault();
      send();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
