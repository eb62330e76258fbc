import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../shared/routing/routes.ts";

/** What every page of Existencias has: its tabs, and the scanner. */
export const frameRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/inventory",
  component: lazyRouteComponent(() => import("./inventory-page.tsx")),
});

/** What an address says after its `?`, before anybody has looked at it. */
export type Search = Readonly<Record<string, unknown>>;
