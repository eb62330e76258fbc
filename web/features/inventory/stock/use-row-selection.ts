import { useMemo, useRef, useState } from "react";

export interface RowSelection {
  /** Of the rows that are in the list, in its order. */
  readonly keys: readonly string[];
  readonly has: (key: string) => boolean;
  readonly toggle: (index: number) => void;
  /** All from the one that was toggled last to this one. */
  readonly extendTo: (index: number) => void;
  readonly setAll: (isSelected: boolean) => void;
}

/** Which rows of a list are selected. Those that left the list are not. */
export function useRowSelection(rowKeys: readonly string[]): RowSelection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef(0);
  const keys = useMemo(() => (chosen.size === 0 ? [] : rowKeys.filter((key) => chosen.has(key))), [chosen, rowKeys]);
  const present = useMemo(() => new Set(keys), [keys]);
  return {
    keys,
    has: (key) => present.has(key),
    toggle: (index) => {
      const key = rowKeys[index];
      if (key === undefined) return;
      anchor.current = index;
      const next = new Set(present);
      if (!next.delete(key)) next.add(key);
      setChosen(next);
    },
    extendTo: (index) => {
      const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
      setChosen(new Set([...present, ...rowKeys.slice(from, to + 1)]));
    },
    setAll: (isSelected) => setChosen(new Set(isSelected ? rowKeys : [])),
  };
}
