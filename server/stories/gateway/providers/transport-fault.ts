import { AnswerTooLarge } from "../bounded-answer.ts";

/** Which transport fact a call that threw stands for; null for an error that is our own and must not be swallowed. */
export function transportFact(error: unknown, signal: AbortSignal): string | null {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth += 1) {
    if (cause instanceof AnswerTooLarge) return "transport:too-large";
    if (cause.name === "TimeoutError") return "transport:timeout";
  }
  if (signal.aborted) return "transport:timeout";
  return isConnectionFault(error) ? "transport:network" : null;
}

/** What undici throws: `fetch failed` with the system's error as its cause, or `terminated` while the body is read. */
function isConnectionFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "AbortError") return true;
  const isFetchFault = error instanceof TypeError && /^(fetch failed|terminated|network error)/i.test(error.message);
  const code = "code" in error ? error.code : undefined;
  const isSystemFault = typeof code === "string" && /^(E[A-Z]+|UND_ERR_[A-Z_]+)$/.test(code);
  return isFetchFault || isSystemFault || (error.cause !== undefined && isConnectionFault(error.cause));
}
