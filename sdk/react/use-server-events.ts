import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import type { StreamedEvent, StreamState } from "../events/event-stream.ts";
import { useBodega } from "./provider.tsx";

/** Calls `onEvent` (always the latest one given) with every event of a topic. Over the page's one connection. */
export function useServerEvents(topic: string, onEvent: (event: StreamedEvent) => void): void {
  const { events } = useBodega();
  const tell = useEffectEvent(onEvent);
  useEffect(() => events.follow(topic, (event) => tell(event)), [events, topic]);
}

/** Whether the page hears of changes: for the live indicator. */
export function useStreamState(): StreamState {
  const { events } = useBodega();
  return useSyncExternalStore(events.subscribeToState, events.state, () => "closed");
}
