import { IconActivityHeartbeat } from "@tabler/icons-react";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { Feature } from "../../shared/feature/feature.ts";
import { shellRoute } from "../../shared/routing/routes.ts";

export const operations = {
  name: "operations",
  texts: { es: () => import("./locales/es.ts"), en: () => import("./locales/en.ts") },
  section: {
    label: { es: "Operación", en: "Operations" },
    path: "/operations",
    icon: IconActivityHeartbeat,
    order: 50,
    permission: "operations:manage",
  },
} satisfies Feature;

declare module "../../shared/i18n/translations.ts" {
  interface Translations {
    readonly operations: typeof import("./locales/es.ts").default;
  }
}

export const operationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/operations",
  component: lazyRouteComponent(() => import("./operations-page.tsx")),
});
