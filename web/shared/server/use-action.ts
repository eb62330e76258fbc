import { createMutationKey } from "@bodega/sdk";
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { notifyError } from "../problems/notify-error.tsx";
import { useSingleMutation } from "./use-single-mutation.ts";

export interface ActionOptions<Input, Outcome> {
  /** Tells what is done from everything else that is done: `retry-job`. With `target`, it is the key's name. */
  readonly name: string;
  /** What of the input says on what it is done; the same target keeps its key until it has worked. */
  readonly target: (input: Input) => string;
  readonly run: (input: Input, options: { readonly idempotencyKey: string }) => Promise<Outcome>;
  /** What is read anew afterwards, whether it worked or not: then it shows what really happened. */
  readonly refreshes?: readonly QueryKey[];
  readonly onDone?: (outcome: Outcome, input: Input) => void;
  /** Else a failure is told in a corner of the page. */
  readonly showsError?: boolean;
}

/** A button's work: done once however often it is clicked or repeated, and never failing in silence. */
export function useAction<Input = void, Outcome = unknown>(options: ActionOptions<Input, Outcome>) {
  const queryClient = useQueryClient();
  const { name, target, run, refreshes = [], onDone, showsError = false } = options;
  return useSingleMutation<Outcome, Input>({
    mutationFn: async (input: Input) => {
      const key = createMutationKey(`${name}-${target(input)}`);
      const outcome = await run(input, { idempotencyKey: key.value() });
      key.settle();
      return outcome;
    },
    onSuccess: (outcome, input) => onDone?.(outcome, input),
    onError: (error) => {
      if (!showsError) notifyError(error);
    },
    onSettled: () => Promise.all(refreshes.map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  });
}
