import { EventStream, type StreamedEvent, type StreamState } from "@bodega/sdk";
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { client } from "./client.ts";
import { queryClient } from "./query-client.ts";

/** `offline`: the browser itself has no network; `paused`: the server will not tell us anything. */
export type LiveState = "open" | "connecting" | "reconnecting" | "offline" | "paused";

const stateListeners = new Set<() => void>();
const eventListeners = new Set<(event: StreamedEvent) => void>();
let stream: EventStream | null = null;
let streamState: StreamState = "closed";

/** Follows `topics` for whoever is signed in, until the returned function is called; one stream a page. */
export function followLive(topics: readonly string[]): () => void {
  const followed = new EventStream({
    client,
    topics,
    onState: (state) => {
      streamState = state;
      for (const listener of stateListeners) listener();
    },
    onEvent: (event) => {
      for (const listener of eventListeners) listener(event);
    },
    // Events may have passed by: everything on the screen is read anew.
    onGap: () => void queryClient.invalidateQueries(),
  });
  stream = followed;
  followed.start();
  const hurry = () => followed.hurry();
  window.addEventListener("online", hurry);
  return () => {
    window.removeEventListener("online", hurry);
    followed.close();
    stream = null;
  };
}

/** Calls `listener` for every event of `topics` while the component is there. */
export function useLiveEvents(topics: readonly string[], listener: (event: StreamedEvent) => void): void {
  const hear = useEffectEvent((event: StreamedEvent) => {
    if (topics.includes(event.topic)) listener(event);
  });
  useEffect(() => {
    const heard = (event: StreamedEvent) => hear(event);
    eventListeners.add(heard);
    return () => void eventListeners.delete(heard);
  }, []);
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(subscribe, liveState);
}

function subscribe(listener: () => void): () => void {
  stateListeners.add(listener);
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    stateListeners.delete(listener);
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

function liveState(): LiveState {
  if (!navigator.onLine) return "offline";
  switch (streamState) {
    case "open":
      return "open";
    case "reconnecting":
      return "reconnecting";
    case "refused":
    case "signed_out":
      return "paused";
    case "closed":
      return stream === null ? "connecting" : "paused";
    case "connecting":
      return "connecting";
  }
}
