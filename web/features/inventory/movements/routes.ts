import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";
import { readNewMovementAddress } from "./address.ts";

const newMovementRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/movements/new",
  validateSearch: readNewMovementAddress,
  component: lazyRouteComponent(() => import("./new-movement-page.tsx")),
});

export const movementRoutes = [newMovementRoute] as const;
