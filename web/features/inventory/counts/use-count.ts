import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";
import { notifyError } from "../../../shared/problems/notify-error.tsx";
import type { CountLine } from "./count-line.ts";
import { type CountDraft, draftStore, type KeptCount } from "./draft-store.ts";
import { lineKeeper } from "./line-keeper.ts";

/** A count that is going on: its lines, each change of which is kept at once. */
export interface OpenCount {
  readonly draft: CountDraft;
  readonly lines: readonly CountLine[];
  readonly lineOf: (productId: string) => CountLine | undefined;
  /** The latest line goes in, so that scans that come fast each count. A product without a line is not changed. */
  readonly change: (productId: string, change: (line: CountLine) => CountLine) => void;
  readonly changeAll: (changes: ReadonlyMap<string, (line: CountLine) => CountLine>) => void;
  /** Once all changes are kept. */
  readonly kept: () => Promise<void>;
  /** Comes last in the list, unless it is there. */
  readonly add: (line: CountLine) => void;
}

/** What is kept in this browser of a count; null where there is none of this id (any more). */
export const useKeptCount = (draftId: string) =>
  useQuery({
    queryKey: ["inventory", "count-draft", draftId],
    queryFn: () => draftStore().open(draftId),
    // It is the page itself that changes it.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    structuralSharing: false,
  });

export function useCount(kept: KeptCount): OpenCount {
  const { draft } = kept;
  const [lines, setLines] = useState(kept.lines);
  const latest = useRef(lines);
  const places = useRef(new Map(kept.lines.map(({ productId }, order) => [productId, order])));

  const keeper = useMemo(() => lineKeeper((changed) => draftStore().keep(draft.id, changed), notifyError), [draft.id]);
  const put = useCallback(
    (changed: ReadonlyMap<number, CountLine>) => {
      if (changed.size === 0) return;
      const next = [...latest.current];
      for (const [order, line] of changed) next[order] = line;
      latest.current = next;
      setLines(next);
      keeper.keep(changed);
    },
    [keeper],
  );
  return useMemo(() => {
    const lineOf = (productId: string) => latest.current[places.current.get(productId) ?? -1];
    const changeAll: OpenCount["changeAll"] = (changes) => {
      const changed = new Map<number, CountLine>();
      for (const [productId, change] of changes) {
        const order = places.current.get(productId);
        const line = lineOf(productId);
        if (order !== undefined && line !== undefined) changed.set(order, change(line));
      }
      put(changed);
    };
    return {
      draft,
      lines,
      lineOf,
      changeAll,
      kept: keeper.idle,
      change: (productId, change) => changeAll(new Map([[productId, change]])),
      add: (line) => {
        if (places.current.has(line.productId)) return;
        const order = latest.current.length;
        places.current.set(line.productId, order);
        put(new Map([[order, line]]));
      },
    };
  }, [draft, lines, put, keeper]);
}
