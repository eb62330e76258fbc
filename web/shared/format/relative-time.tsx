import { Tooltip } from "@mantine/core";
import { useNow } from "./now.ts";
import { useFormat } from "./use-format.ts";

/** How long ago or ahead; the exact time on hover and for screen readers. */
export function RelativeTime({ at }: { readonly at: string }) {
  const format = useFormat();
  const nowMs = useNow();
  return (
    <Tooltip label={format.exact(at)}>
      <time dateTime={at}>{format.relative(at, nowMs)}</time>
    </Tooltip>
  );
}
