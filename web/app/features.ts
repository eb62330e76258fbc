import { catalog, catalogRoutes } from "../features/catalog/index.ts";
import { home, homeRoute } from "../features/home/index.ts";
import { inventory, inventoryRoute } from "../features/inventory/index.ts";
import { operations, operationsRoute } from "../features/operations/index.ts";
import { settings, settingsRoute } from "../features/settings/index.ts";
import { signIn, signInRoute } from "../features/sign-in/index.ts";
import { stories, storyRoutes } from "../features/stories/index.ts";
import type { Feature } from "../shared/feature/feature.ts";
import { rootRoute, shellRoute } from "../shared/routing/routes.ts";

/** Every feature there is; nothing else lists them. Their sections, commands, searches and texts are found through it. */
export const features: readonly Feature[] = [home, catalog, inventory, operations, stories, settings, signIn];

/** Their pages: behind the sign-in, below the shell. */
export const routeTree = rootRoute.addChildren([
  signInRoute,
  shellRoute.addChildren([homeRoute, ...catalogRoutes, inventoryRoute, operationsRoute, settingsRoute, ...storyRoutes]),
]);
