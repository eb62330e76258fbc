import { BodegaError } from "@bodega/sdk";
import { QueryClient } from "@tanstack/react-query";

/** The SDK repeats what is safe to repeat, so nothing is repeated here on top of it. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      networkMode: "always",
      throwOnError: (error) => error instanceof BodegaError && error.status === 401,
    },
    mutations: { retry: false, networkMode: "always" },
  },
});
