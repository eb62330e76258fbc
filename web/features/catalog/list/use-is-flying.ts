import { useEffect, useState } from "react";

/** Pixels a second at which nobody sees a single picture: more than four windows of a laptop. */
const flyingPerSecond = 4_000;
/** Slow for so long: somebody looks. */
const settledMs = 160;

/**
 * True while the page is scrolled so fast that what passes cannot be seen. Items are their names alone then: hundreds of
 * pictures would be begun and dropped, and those at the end would wait behind them.
 */
export function useIsFlying(): boolean {
  const [isFlying, setIsFlying] = useState(false);
  useEffect(() => {
    let lastTop = window.scrollY;
    let lastAt = performance.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onScroll = () => {
      const now = performance.now();
      const distance = Math.abs(window.scrollY - lastTop);
      const isFast = distance > (flyingPerSecond * Math.max(now - lastAt, 1)) / 1000;
      // A jump from rest, such as by the End key, is seen where it ends.
      const isFromRest = now - lastAt > settledMs;
      lastTop = window.scrollY;
      lastAt = now;
      if (!isFast || isFromRest) return;
      setIsFlying(true);
      clearTimeout(timer);
      timer = setTimeout(() => setIsFlying(false), settledMs);
    };
    window.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      window.removeEventListener("scroll", onScroll);
      clearTimeout(timer);
    };
  }, []);
  return isFlying;
}

/** Whether an item is to be drawn whole: from when it can be seen on; what was drawn once stays, however fast it goes. */
export function useIsDue(isFlying: boolean): boolean {
  const [isDue, setIsDue] = useState(!isFlying);
  if (!isFlying && !isDue) setIsDue(true);
  return isDue || !isFlying;
}
