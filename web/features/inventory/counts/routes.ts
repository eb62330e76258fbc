import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";

const pageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/counts",
  component: lazyRouteComponent(() => import("./counts-page.tsx")),
});

export const countRoutes = [pageRoute] as const;
