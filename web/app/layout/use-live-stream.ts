import { useEffect } from "react";
import { useFeatures } from "../../shared/feature/features-context.ts";
import { followLive } from "../../shared/server/live.ts";
import { may, useMe } from "../../shared/session/me.ts";

/** One event stream for all features, with the topics that this role may follow. */
export function useLiveStream(): void {
  const me = useMe();
  const wanted = useFeatures()
    .flatMap(({ topics = [] }) => topics)
    .filter((topic) => may(me, topic.permission))
    .map((topic) => topic.name);
  const names = [...new Set(wanted)].toSorted().join(",");
  const { userId } = me;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another user is another stream
  useEffect(() => (names === "" ? undefined : followLive(names.split(","))), [names, userId]);
}
