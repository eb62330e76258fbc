import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";

const pageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/locations",
  component: lazyRouteComponent(() => import("./locations-page.tsx")),
});

export const locationRoutes = [pageRoute] as const;
