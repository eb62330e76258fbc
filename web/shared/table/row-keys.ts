import { type KeyboardEvent, useState } from "react";

/** One row is in the tab order; ↑ ↓ Home End go on from it, Enter opens it. */
export function useRowKeys(count: number, open: (index: number) => void) {
  const [current, setCurrent] = useState(0);
  const reachable = Math.min(current, Math.max(0, count - 1));

  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>, index: number) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === "Enter") {
      event.preventDefault();
      open(index);
      return;
    }
    const to = targetOf(event.key, index, count);
    if (to === null) return;
    event.preventDefault();
    const row = event.currentTarget.parentElement?.children[to];
    if (row instanceof HTMLElement) row.focus();
  };

  return {
    propsOf: (index: number) => ({
      tabIndex: index === reachable ? 0 : -1,
      onFocus: () => setCurrent(index),
      onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => onKeyDown(event, index),
    }),
  };
}

function targetOf(key: string, index: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
      return Math.min(count - 1, index + 1);
    case "ArrowUp":
      return Math.max(0, index - 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
