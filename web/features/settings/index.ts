import { IconSettings } from "@tabler/icons-react";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { Feature } from "../../shared/feature/feature.ts";
import { shellRoute } from "../../shared/routing/routes.ts";

export const settings = {
  name: "settings",
  texts: { es: () => import("./locales/es.ts"), en: () => import("./locales/en.ts") },
  section: { label: { es: "Ajustes", en: "Settings" }, path: "/settings", icon: IconSettings, order: 60 },
} satisfies Feature;

declare module "../../shared/i18n/translations.ts" {
  interface Translations {
    readonly settings: typeof import("./locales/es.ts").default;
  }
}

export const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings-page.tsx")),
});
