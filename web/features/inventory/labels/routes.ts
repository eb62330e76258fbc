import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";

const pageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/labels",
  component: lazyRouteComponent(() => import("./labels-page.tsx")),
});

export const labelRoutes = [pageRoute] as const;
