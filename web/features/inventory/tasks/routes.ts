import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frame-route.ts";
import { readTasksAddress } from "./address.ts";

const pageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/tasks",
  validateSearch: readTasksAddress,
  component: lazyRouteComponent(() => import("./tasks-page.tsx")),
});

export const taskRoutes = [pageRoute] as const;
