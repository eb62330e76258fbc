import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";

const pageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/movements",
  component: lazyRouteComponent(() => import("./movements-page.tsx")),
});

export const ledgerRoutes = [pageRoute] as const;
