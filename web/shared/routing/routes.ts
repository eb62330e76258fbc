import { BodegaError } from "@bodega/sdk";
import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, redirect } from "@tanstack/react-router";
import { client } from "../server/client.ts";
import { meQuery } from "../session/me-query.ts";

export interface RouterContext {
  readonly queryClient: QueryClient;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({});

/**
 * Everything behind the sign-in: `context.me` is there. Its frame is set in `app/router.tsx`, so that features can hang
 * their pages here without knowing it.
 */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "shell",
  beforeLoad: async ({ context, location }) => {
    try {
      return { me: await context.queryClient.ensureQueryData({ ...meQuery, revalidateIfStale: true }) };
    } catch (error) {
      // A session that ends empties the cache too, and then the question is cancelled rather than answered.
      const isRefused = error instanceof BodegaError && error.status === 401;
      if (!isRefused && client.session.state !== "signed_out") throw error;
      throw redirect({ href: signInHref(location.href), replace: true });
    }
  },
});

/** Where to sign in, and to come back to `href` afterwards. */
export const signInHref = (href: string): string =>
  href === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(href)}`;
