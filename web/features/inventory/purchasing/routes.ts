import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";
import { readOrdersAddress } from "./address.ts";

const pageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/orders",
  validateSearch: readOrdersAddress,
  component: lazyRouteComponent(() => import("./orders-page.tsx")),
});

export const purchasingRoutes = [pageRoute] as const;
