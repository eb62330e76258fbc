import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";

const pageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./stock-page.tsx")),
});

export const stockRoutes = [pageRoute] as const;
