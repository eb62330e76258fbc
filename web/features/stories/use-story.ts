import { useServerEvents } from "@bodega/sdk/react";
import { type QueryKey, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { storiesTopic, storyKeys, storyQuery } from "./story-queries.ts";

/** Events of one moment are answered by one reading. */
const gatherMs = 120;

/** A story as it is now: read anew whenever something happens to it. */
export function useStory(id: string) {
  const query = useQuery(storyQuery(id));
  useReadAnew((storyId) => storyId === id, [storyKeys.one(id)]);
  return query;
}

/** The lists of stories, as covers come and runs end. */
export function useStoryLists(): void {
  useReadAnew(() => true, [storyKeys.lists]);
}

function useReadAnew(isMeant: (storyId: string) => boolean, keys: readonly QueryKey[]): void {
  const queryClient = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useServerEvents(storiesTopic, ({ payload }) => {
    if (!isMeant(storyOf(payload))) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      for (const queryKey of keys) void queryClient.invalidateQueries({ queryKey });
    }, gatherMs);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}

function storyOf(payload: unknown): string {
  if (typeof payload !== "object" || payload === null || !("storyId" in payload)) return "";
  return typeof payload.storyId === "string" ? payload.storyId : "";
}
