import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";

const pageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/reservations",
  component: lazyRouteComponent(() => import("./reservations-page.tsx")),
});

export const reservationRoutes = [pageRoute] as const;
