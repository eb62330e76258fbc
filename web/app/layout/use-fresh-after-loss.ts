import { productKeys } from "@bodega/sdk/react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useLiveState } from "../../shared/server/live-state.ts";

/**
 * Once the live connection is back, what the page shows is read anew. Products are not: their events are resumed where
 * they stopped, and merged by the SDK.
 */
export function useFreshAfterLoss(): void {
  const state = useLiveState();
  const queryClient = useQueryClient();
  const wasLost = useRef(false);
  useEffect(() => {
    if (state === "reconnecting" || state === "offline") wasLost.current = true;
    if (state !== "open" || !wasLost.current) return;
    wasLost.current = false;
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== productKeys.all[0] });
  }, [state, queryClient]);
}
