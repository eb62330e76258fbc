import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";
import { readLabelsAddress } from "./address.ts";

const pageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/labels",
  validateSearch: readLabelsAddress,
  component: lazyRouteComponent(() => import("./labels-page.tsx")),
});

export const labelRoutes = [pageRoute] as const;
