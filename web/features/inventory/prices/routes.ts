import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";
import { readPricesAddress } from "./address.ts";

const pageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/prices",
  validateSearch: readPricesAddress,
  component: lazyRouteComponent(() => import("./prices-page.tsx")),
});

export const priceRoutes = [pageRoute] as const;
