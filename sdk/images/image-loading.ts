/**
 * How a picture comes to be shown, as plain data (the component only carries out what this says).
 *
 * `waiting` until it is near the viewport; then `loading`; `shown` at the end. A picture that cannot be fetched is tried
 * again after growing waits, since most such failures pass; at the first one the server is asked, once for this source,
 * to look whether the object is missing (`shouldAskRepair`). When the tries are used up it is `broken`, until someone
 * asks again or another source comes.
 */
export type ImageLoading = {
  readonly source: string | null;
  readonly phase: "waiting" | "loading" | "pausing" | "shown" | "broken";
  /** Tries of this source that failed. */
  readonly failures: number;
  /** True exactly in the state that follows a source's first failure. */
  readonly shouldAskRepair: boolean;
};

export type ImageLoadingStep =
  | { readonly type: "source"; readonly source: string | null }
  | { readonly type: "near" }
  | { readonly type: "loaded" }
  | { readonly type: "failed" }
  | { readonly type: "again" };

/** Waits before tries 2, 3 and 4; a repair takes about a second. */
const retryDelaysMs = [1_000, 3_000, 8_000] as const;

export const startLoading = (source: string | null, isNear: boolean): ImageLoading => ({
  source,
  phase: isNear ? "loading" : "waiting",
  failures: 0,
  shouldAskRepair: false,
});

export function stepLoading(state: ImageLoading, step: ImageLoadingStep): ImageLoading {
  switch (step.type) {
    case "source":
      return step.source === state.source ? state : startLoading(step.source, state.phase !== "waiting");
    case "near":
      return state.phase === "waiting" ? { ...state, phase: "loading" } : state;
    case "loaded":
      return { ...state, phase: "shown", shouldAskRepair: false };
    case "failed": {
      // An answer to an earlier source, or a second event of the same failure.
      if (state.phase !== "loading") return state;
      const failures = state.failures + 1;
      const phase = failures > retryDelaysMs.length ? "broken" : "pausing";
      return { ...state, phase, failures, shouldAskRepair: failures === 1 };
    }
    case "again":
      if (state.phase === "broken") return { ...startLoading(state.source, true) };
      return state.phase === "pausing" ? { ...state, phase: "loading", shouldAskRepair: false } : state;
  }
}

/** How long to wait before the step `again`; null when it is not for a clock to make. */
export function retryDelayMs(state: ImageLoading): number | null {
  return state.phase === "pausing" ? (retryDelaysMs[state.failures - 1] ?? null) : null;
}

/** The address of the try: a failed answer that some cache kept is passed by. Keys of objects need no query. */
export function addressOfTry(address: string, failures: number): string {
  if (failures === 0) return address;
  return `${address}${address.includes("?") ? "&" : "?"}try=${failures + 1}`;
}
