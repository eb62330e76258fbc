import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";

const pageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/prices",
  component: lazyRouteComponent(() => import("./prices-page.tsx")),
});

export const priceRoutes = [pageRoute] as const;
