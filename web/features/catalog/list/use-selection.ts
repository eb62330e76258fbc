import { useMemo, useRef, useState } from "react";

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (index: number) => void;
  /** From the one that was toggled last, or the first of those that were selected together, to this one. */
  readonly extendTo: (index: number) => void;
  readonly replace: (ids: Iterable<string>) => void;
  readonly clear: () => void;
}

/** Which of `ids`, in the order in which they are shown, are selected. Those that left the view are not. */
export function useSelection(ids: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef(0);
  const present = useMemo(() => {
    if (chosen.size === 0) return chosen;
    const shown = new Set(ids);
    const kept = [...chosen].filter((id) => shown.has(id));
    return kept.length === chosen.size ? chosen : new Set(kept);
  }, [chosen, ids]);
  return {
    ids: present,
    toggle: (index) => {
      const id = ids[index];
      if (id === undefined) return;
      anchor.current = index;
      const next = new Set(present);
      if (!next.delete(id)) next.add(id);
      setChosen(next);
    },
    extendTo: (index) => {
      const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
      setChosen(new Set([...present, ...ids.slice(from, to + 1)]));
    },
    replace: (next) => {
      const chosenNext = new Set(next);
      anchor.current = Math.max(
        0,
        ids.findIndex((id) => chosenNext.has(id)),
      );
      setChosen(chosenNext);
    },
    clear: () => setChosen(new Set()),
  };
}
