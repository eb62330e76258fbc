import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";

const pageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/orders",
  component: lazyRouteComponent(() => import("./orders-page.tsx")),
});

export const purchasingRoutes = [pageRoute] as const;
