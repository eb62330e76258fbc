import { useNow } from "./now.ts";
import { useFormat } from "./use-format.ts";

/** How long ago or ahead; the exact time on hover and for screen readers. */
export function RelativeTime({ at }: { readonly at: string }) {
  const format = useFormat();
  const nowMs = useNow();
  return (
    <time dateTime={at} title={format.exact(at)}>
      {format.relative(at, nowMs)}
    </time>
  );
}
