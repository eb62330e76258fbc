import { useEffect, useState } from "react";

/** Beyond this, progress is shown. */
export const noticeableMs = 1_000;
/** Beyond this, it is said that it takes long, and Cancel is offered. */
export const longMs = 3_000;

export type WaitingPhase = "short" | "noticeable" | "long";

/** How long something has been going on, in the only steps that matter to whoever waits. */
export function useWaitingPhase(isWaiting: boolean): WaitingPhase {
  const [phase, setPhase] = useState<WaitingPhase>("short");
  useEffect(() => {
    setPhase("short");
    if (!isWaiting) return undefined;
    const timers = [setTimeout(() => setPhase("noticeable"), noticeableMs), setTimeout(() => setPhase("long"), longMs)];
    return () => timers.forEach(clearTimeout);
  }, [isWaiting]);
  return phase;
}
