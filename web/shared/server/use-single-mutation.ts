import { type MutateOptions, type UseMutationOptions, useMutation } from "@tanstack/react-query";
import { useRef } from "react";

/**
 * `useMutation`, one at a time: a second click is not heard while the first is under way. `isPending` alone is too slow
 * for that: it is only known once the page has been drawn again.
 */
export function useSingleMutation<Outcome, Input>(options: UseMutationOptions<Outcome, Error, Input>) {
  const isBusy = useRef(false);
  const mutation = useMutation({
    ...options,
    onSettled: (...settled) => {
      isBusy.current = false;
      return options.onSettled?.(...settled);
    },
  });
  const mutate = (input: Input, more?: MutateOptions<Outcome, Error, Input>) => {
    if (isBusy.current) return;
    isBusy.current = true;
    mutation.mutate(input, more);
  };
  return { ...mutation, mutate };
}
