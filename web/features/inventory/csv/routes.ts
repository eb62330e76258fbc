import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";

const pageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/import",
  component: lazyRouteComponent(() => import("./import-stock-page.tsx")),
});

export const csvRoutes = [pageRoute] as const;
