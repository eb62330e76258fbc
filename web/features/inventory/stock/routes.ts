import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";
import { readStockAddress } from "./address.ts";

const stockRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/",
  validateSearch: readStockAddress,
  component: lazyRouteComponent(() => import("./stock-page.tsx")),
});

export const stockRoutes = [stockRoute] as const;
