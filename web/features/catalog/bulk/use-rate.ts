import { useEffect, useRef, useState } from "react";

const windowMs = 6_000;
const tickMs = 500;

/** Bytes a second over the last few seconds, and how long the rest takes at that; null while nobody can tell. */
export function useRate(sentBytes: number, restBytes: number, isRunning: boolean) {
  const sent = useRef(sentBytes);
  const samples = useRef<{ readonly at: number; readonly bytes: number }[]>([]);
  const [rate, setRate] = useState<number | null>(null);
  useEffect(() => {
    sent.current = sentBytes;
  }, [sentBytes]);
  useEffect(() => {
    samples.current = [];
    setRate(null);
    if (!isRunning) return undefined;
    const timer = setInterval(() => {
      const now = performance.now();
      samples.current = [...samples.current.filter(({ at }) => now - at < windowMs), { at: now, bytes: sent.current }];
      const [first] = samples.current;
      if (first === undefined || now - first.at < 2 * tickMs) return;
      setRate(Math.max(0, ((sent.current - first.bytes) / (now - first.at)) * 1000));
    }, tickMs);
    return () => clearInterval(timer);
  }, [isRunning]);
  return { bytesPerSecond: rate, leftMs: rate === null || rate < 1 ? null : (restBytes / rate) * 1000 };
}
