import { createRouter } from "@tanstack/react-router";
import { rootRoute, shellRoute } from "../shared/routing/routes.ts";
import { client } from "../shared/server/client.ts";
import { queryClient } from "../shared/server/query-client.ts";
import { Waiting } from "../shared/waiting/waiting.tsx";
import { routeTree } from "./features.ts";
import { Shell } from "./layout/shell.tsx";
import { NothingHere, PageError } from "./page-error.tsx";

rootRoute.update({ notFoundComponent: NothingHere });
shellRoute.update({ component: Shell });

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: "intent",
  // The query cache decides what is fresh.
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 300,
  defaultPendingComponent: () => <Waiting />,
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: NothingHere,
  scrollRestoration: true,
});

// The session ended here, in another tab, or at the server: to the sign-in, and afterwards back to this page.
client.session.subscribe((state) => {
  const isShown = router.state.matches.some((match) => match.routeId === shellRoute.id && match.status === "success");
  if (state !== "signed_out" || !isShown) return;
  queryClient.clear();
  void router.invalidate();
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
