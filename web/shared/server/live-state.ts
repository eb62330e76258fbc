import { useStreamState } from "@bodega/sdk/react";
import { useOnline } from "./use-online.ts";

/** `offline`: the browser itself has no network; `paused`: the server will not tell us anything. */
export type LiveState = "open" | "connecting" | "reconnecting" | "offline" | "paused";

/** Whether what is on the screen follows what happens. */
export function useLiveState(): LiveState {
  const state = useStreamState();
  const isOnline = useOnline();
  if (!isOnline) return "offline";
  switch (state) {
    case "refused":
    case "signed_out":
      return "paused";
    case "closed":
      return "connecting";
    case "open":
    case "connecting":
    case "reconnecting":
      return state;
  }
}
