import { BodegaError, createMutationKey } from "@bodega/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { inventoryKey } from "./inventory-queries.ts";

export interface KeyedWorkOptions<Input, Outcome> {
  /** Of the form; what was sent and not answered is kept under it, over a reload of the page. */
  readonly name: string;
  readonly send: (input: Input, options: SendOptions) => Promise<Outcome>;
  /** Finds out what became of it, without doing it. */
  readonly find: (idempotencyKey: string, signal: AbortSignal) => Promise<Outcome | null>;
  readonly takeBack: (outcome: Outcome) => Promise<unknown>;
  readonly onDone: (outcome: Outcome, input: Input) => void;
  /** It was cancelled, and nothing remains of it. */
  readonly onCancelled: () => void;
}

export interface SendOptions {
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

/**
 * `unknown`: it was sent, and nobody knows what became of it; `asking`: it is being found out.
 */
export type WorkPhase = "idle" | "sending" | "asking" | "unknown";

/**
 * A write that cannot be shown before it is true: sent once however often it is clicked, under a key that is made when
 * the form opens and outlives a reload. When no answer came, the same key asks for the truth; when the page was reloaded
 * meanwhile, it asks by itself. Cancel finds out what happened, and takes it back if it did.
 */
export function useKeyedWork<Input, Outcome>(options: KeyedWorkOptions<Input, Outcome>) {
  const { name } = options;
  const queryClient = useQueryClient();
  const key = useMemo(() => createMutationKey(name), [name]);
  const sent = useMemo(() => sentUnder<Input>(name), [name]);
  const [phase, setPhase] = useState<WorkPhase>("idle");
  const [error, setError] = useState<unknown>(null);
  const busy = useRef<AbortController | null>(null);

  const settle = () => {
    sent.forget();
    key.settle();
    // The next one of this form has its key from now on.
    key.value();
  };
  const finish = () => {
    busy.current = null;
    setPhase("idle");
    void queryClient.invalidateQueries({ queryKey: inventoryKey });
  };
  const run = async (input: Input, during: "sending" | "asking") => {
    if (busy.current !== null) return;
    const controller = new AbortController();
    busy.current = controller;
    sent.keep(input);
    setError(null);
    setPhase(during);
    try {
      const outcome = await options.send(input, { idempotencyKey: key.value(), signal: controller.signal });
      settle();
      finish();
      options.onDone(outcome, input);
    } catch (failure) {
      if (controller.signal.aborted) return;
      const isRefused = failure instanceof BodegaError && failure.status >= 400 && failure.status < 500;
      if (isRefused) settle();
      finish();
      setError(failure);
      if (!isRefused) setPhase("unknown");
    }
  };
  const cancel = async () => {
    const input = sent.read();
    busy.current?.abort(new DOMException("cancelled", "AbortError"));
    const controller = new AbortController();
    busy.current = controller;
    setError(null);
    setPhase("asking");
    try {
      const outcome = input === null ? null : await options.find(key.value(), controller.signal);
      if (outcome !== null) await options.takeBack(outcome);
      settle();
      finish();
      options.onCancelled();
    } catch (failure) {
      finish();
      setError(failure);
      setPhase("unknown");
    }
  };
  const resume = useEffectEvent(() => {
    key.value();
    const input = sent.read();
    if (input !== null) void run(input, "asking");
  });
  useEffect(() => {
    resume();
    return () => {
      // Not aborted: what was sent goes on, and is asked for when the form opens again.
      busy.current = null;
    };
  }, []);

  return {
    phase,
    error,
    isBusy: phase === "sending" || phase === "asking",
    start: (input: Input) => void run(input, "sending"),
    /** What was sent, once more under the same key: the first answer, or the work done now. */
    ask: () => {
      const input = sent.read();
      if (input !== null) void run(input, "asking");
    },
    cancel: () => void cancel(),
  };
}

/** What was sent and not answered yet; in this tab, over reloads. */
function sentUnder<Input>(name: string) {
  const item = `bodega.sent.${name}`;
  return {
    keep: (input: Input) => attempt(() => sessionStorage.setItem(item, JSON.stringify(input))),
    read: (): Input | null => {
      const text = attempt(() => sessionStorage.getItem(item)) ?? null;
      return text === null ? null : JSON.parse(text);
    },
    forget: () => attempt(() => sessionStorage.removeItem(item)),
  };
}

/** Storage that is full or forbidden costs the reload, not the form. */
function attempt<Value>(use: () => Value): Value | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
