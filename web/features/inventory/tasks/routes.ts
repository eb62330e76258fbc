import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";

const pageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/tasks",
  component: lazyRouteComponent(() => import("./tasks-page.tsx")),
});

export const taskRoutes = [pageRoute] as const;
