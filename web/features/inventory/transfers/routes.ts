import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";
import { readBeginsWith } from "../shared/address.ts";

const transferRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/transfer",
  validateSearch: readBeginsWith,
  component: lazyRouteComponent(() => import("./transfer-page.tsx")),
});

export const transferRoutes = [transferRoute] as const;
