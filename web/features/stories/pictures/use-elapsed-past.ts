import { useEffect, useState } from "react";

/** Whether more than `limitMs` have passed since then; becomes true by itself. */
export function useElapsedPast(since: string | null, limitMs: number): boolean {
  const [pastSince, setPastSince] = useState<string | null>(null);
  useEffect(() => {
    if (since === null) return undefined;
    const timer = setTimeout(() => setPastSince(since), Math.max(0, Date.parse(since) + limitMs - Date.now()));
    return () => clearTimeout(timer);
  }, [since, limitMs]);
  return since !== null && pastSince === since;
}
