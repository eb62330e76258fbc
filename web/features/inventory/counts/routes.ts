import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";
import { readCountsAddress } from "./address.ts";

const pageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/counts",
  validateSearch: readCountsAddress,
  component: lazyRouteComponent(() => import("./counts-page.tsx")),
});

export const countRoutes = [pageRoute] as const;
